export { Builder, type BuildOptions } from "./build/builder.ts";
export { fingerprint } from "./build/fingerprint.ts";
