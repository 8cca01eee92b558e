import { defineConfig } from 'vite';

export default defineConfig({
  // JSX by the bundler itself; a plugin would add only fast refresh.
  oxc: { jsx: { runtime: 'automatic' } },
  // Bundled ahead of time, the package would not find the WebAssembly beside it.
  optimizeDeps: { exclude: ['wechat-checkout'] },
  server: {
    // The package is linked from outside this folder.
    fs: { allow: ['../..'] },
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
});
