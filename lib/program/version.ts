import program from "@/deno.json" with { type: "json" };

/** The version of the program, which is only in `deno.json`. */
export const VERSION: string = program.version;
