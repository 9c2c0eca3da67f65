const MAIN = new URL("../../main.ts", import.meta.url).pathname;

/**
 * Runs main.ts with `args` until it ends, and returns all that it printed. Quiet,
 * because Deno would otherwise print which packages it downloads.
 */
export async function runProgram(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", MAIN, ...args],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
