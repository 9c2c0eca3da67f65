/** Markdown as `deno fmt` writes it. */
export async function formatted(text: string): Promise<string> {
  const fmt = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "md", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const { stdout } = fmt;
  await ReadableStream.from([new TextEncoder().encode(text)]).pipeTo(fmt.stdin);
  return await new Response(stdout).text();
}
