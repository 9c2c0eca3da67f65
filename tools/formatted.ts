/** Formats Markdown like `deno fmt`. */
export async function formatted(text: string): Promise<string> {
  const fmt = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "md", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const formatted = fmt.output();
  await ReadableStream.from([new TextEncoder().encode(text)]).pipeTo(fmt.stdin);
  return new TextDecoder().decode((await formatted).stdout);
}
