import program from "@/deno.json" with { type: "json" };

/** This version of the program; `deno.json` is the only place that says it. */
export const VERSION: string = program.version;
