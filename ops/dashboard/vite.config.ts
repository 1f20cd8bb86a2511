import { defineConfig } from "vite";

// The service serves ops/dashboard/static: index.html at /, the rest below /assets.
export default defineConfig({
  build: {
    outDir: "static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: {
    proxy: { "/api": { target: "http://127.0.0.1:8100", ws: true } },
  },
});
