import type { ChatOptions, Chatted } from "./chat_load.ts";
import type { Opened, OpenOptions } from "./crowd.ts";
import type { FaithfulOptions, Loyalty } from "./faithful_crowd.ts";
import type { GetOptions, Got } from "./http_load.ts";
import type { Command } from "./load_client.ts";

/** The process of the load client, and its commands. */
export class Load implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("load_client.ts", import.meta.url).pathname],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = linesOf(this.#child.stdout);
  }

  open(options: OpenOptions): Promise<Opened> {
    return this.#ask<Opened>({ do: "open", options });
  }

  /** Opens pages that reconnect automatically. */
  come(options: FaithfulOptions): Promise<Loyalty> {
    return this.#ask<Loyalty>({ do: "come", options });
  }

  /** Returns their current state. */
  look(): Promise<Loyalty> {
    return this.#ask<Loyalty>({ do: "look" });
  }

  get(options: GetOptions): Promise<Got> {
    return this.#ask<Got>({ do: "get", options });
  }

  chat(options: ChatOptions): Promise<Chatted> {
    return this.#ask<Chatted>({ do: "chat", options });
  }

  close(): Promise<unknown> {
    return this.#ask({ do: "close" });
  }

  /** Returns the milliseconds from `trigger` until each visitor has received
   * `frames` frames. */
  async heard(
    frames: number,
    trigger: () => Promise<number>,
  ): Promise<number> {
    await this.#ask({ do: "hear", frames });
    const startedAt = await trigger();
    const { lastAt, lost } = await this.#next<{
      lastAt: number;
      lost: number;
    }>();
    if (lost > 0) throw new Error(`${lost} visitors lost their connection`);
    return lastAt - startedAt;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#child.status;
    await this.#lines.return?.();
  }

  async #ask<T>(command: Command): Promise<T> {
    const line = JSON.stringify(command) + "\n";
    await this.#input.write(new TextEncoder().encode(line));
    return await this.#next<T>();
  }

  async #next<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("The load client has ended");
    return JSON.parse(value);
  }
}

async function* linesOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = "";
  for await (const bytes of stream) {
    const lines = (held + decoder.decode(bytes, { stream: true })).split("\n");
    held = lines.pop() ?? "";
    yield* lines;
  }
}
