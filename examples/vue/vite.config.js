import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'wechat-checkout' } } })],
  // Bundled ahead of time, the package would not find the WebAssembly beside it.
  optimizeDeps: { exclude: ['wechat-checkout'] },
  server: {
    // The package is linked from outside this folder.
    fs: { allow: ['../..'] },
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
});
