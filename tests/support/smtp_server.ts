import { getProgram } from "./get_debian.ts";

/** An SMTP server of Debian on loopback, which stores what it receives. */
export interface SmtpServer extends AsyncDisposable {
  /** `smtp://127.0.0.1:PORT`. */
  readonly url: string;
  /** The folder in which a file appears for each e-mail. */
  readonly folder: string;
  /** Returns all received e-mails as they arrived. */
  received(): Promise<string[]>;
  stop(): Promise<void>;
  /** Starts it on the same port; resolves when it answers. */
  start(): Promise<void>;
}

export async function startSmtp(): Promise<SmtpServer> {
  const program = await getProgram("aiosmtpd");
  const folder = await Deno.makeTempDir({ prefix: "smtp-" });
  const port = freePort();
  let child: Deno.ChildProcess | undefined;
  async function start(): Promise<void> {
    child = new Deno.Command(program, {
      args: [
        ...["-n", "-l", `127.0.0.1:${port}`],
        ...["-c", "aiosmtpd.handlers.Mailbox", `${folder}/mail`],
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    while (!await greets(port)); // It tries every 50 ms.
  }
  async function stop(): Promise<void> {
    child?.kill("SIGKILL");
    await child?.status;
    child = undefined;
  }
  await start();
  return {
    url: `smtp://127.0.0.1:${port}`,
    folder: `${folder}/mail/new`,
    async received() {
      const found: string[] = [];
      for await (const { name } of Deno.readDir(`${folder}/mail/new`)) {
        found.push(await Deno.readTextFile(`${folder}/mail/new/${name}`));
      }
      return found;
    },
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Starts a server on loopback that refuses one command, such as `AUTH`, with an
 * answer, and accepts all before it. */
export function startRefusingSmtp(
  refuses: string,
  answer: string,
): Disposable & { url: string } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  void (async () => {
    for await (const socket of listener) {
      serve(socket).catch(() => {}); // The client has closed it.
    }
  })();
  async function serve(socket: Deno.Conn): Promise<void> {
    using open = socket;
    const say = (line: string) =>
      open.write(new TextEncoder().encode(`${line}\r\n`));
    await say("220 refusing.example.com");
    const lines = open.readable.pipeThrough(new TextDecoderStream());
    for await (const line of lines) {
      if (line.startsWith("EHLO")) await say("250 AUTH PLAIN");
      else if (line.startsWith(refuses)) await say(answer);
      else if (line.startsWith("AUTH")) await say("235 Welcome");
      else await say("250 OK");
    }
  }
  const { port } = listener.addr;
  return {
    url: `smtp://widgets:password@127.0.0.1:${port}`,
    [Symbol.dispose]: () => listener.close(),
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** True if the server says hello. */
async function greets(port: number): Promise<boolean> {
  try {
    using socket = await Deno.connect({ hostname: "127.0.0.1", port });
    const buffer = new Uint8Array(3);
    return await socket.read(buffer) !== null;
  } catch {
    await new Promise((done) => setTimeout(done, 50));
    return false;
  }
}
