// TypeScript's tests: beside the code they test, and the contract with Python's side.
import { defineConfig } from "vitest/config";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { BUILT_FOR: '"ja"' },
  test: {
    environment: "happy-dom",
    include: ["static/src/**/*.test.{ts,tsx}", "tests/contract/**/*.test.ts"],
    passWithNoTests: true,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
