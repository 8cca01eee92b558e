import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  // Bundled ahead of time, the package would not find the WebAssembly beside it.
  optimizeDeps: { exclude: ['wechat-checkout'] },
  server: {
    // The package is linked from outside this folder.
    fs: { allow: ['../..'] },
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
});
