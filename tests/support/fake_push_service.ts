import { createServer } from "node:https";
import { type PostPush, postToPublic } from "@/lib/push/post_push.ts";
import { makeCertificate } from "./proxy.ts";
import { Heard } from "./heard.ts";
import { PushBrowser } from "./push_browser.ts";

/** A request that the push service has received. */
export interface Pushed {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
}

const HOST = "push.example.com";

/** A push service on loopback, with a certificate from its own test authority. */
export class FakePushService implements AsyncDisposable {
  readonly heard = new Heard<Pushed>();
  /** Statuses of the next answers; then 201. */
  statuses: number[] = [];
  /** True to accept connections without an answer. */
  isSilent = false;
  readonly port: number;
  readonly ca: string;
  readonly #close: () => Promise<void>;

  private constructor(port: number, ca: string, close: () => Promise<void>) {
    this.port = port;
    this.ca = ca;
    this.#close = close;
  }

  static async start(): Promise<FakePushService> {
    const { cert, key } = await certificate();
    const server = createServer({ cert, key }, (request, response) => {
      const chunks: Uint8Array[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", async () => {
        const { url: path = "", headers } = request;
        const body = await new Blob(chunks.map((one) => new Uint8Array(one)))
          .bytes();
        service.heard.tell({ path, headers, body });
        if (service.isSilent) return;
        response.statusCode = service.statuses.shift() ?? 201;
        response.end();
      });
    });
    await new Promise<void>((go) => server.listen(0, "127.0.0.1", go));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error();
    const service = new FakePushService(address.port, cert, async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    });
    return service;
  }

  /** Sends requests to it, whatever their host is. */
  post(withinMs = 5_000): PostPush {
    return postToLoopback(this, withinMs);
  }

  /** The environment by which `pushing_main.ts` sends requests to it. */
  get environment(): string[] {
    return [`PUSH_PORT=${this.port}`, `PUSH_CA=${this.ca}`];
  }

  /** Returns what a browser gives to the desk: a subscription. */
  subscribe(name: string) {
    const browser = new PushBrowser();
    const endpoint = `https://${HOST}/${name}`;
    return { browser, subscription: { endpoint, keys: browser.keys } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

/** Returns what sends requests to a push service on loopback, whatever their
 * host is. */
export function postToLoopback(
  { port, ca }: Pick<FakePushService, "port" | "ca">,
  withinMs = 5_000,
): PostPush {
  return postToPublic({
    resolve: () => Promise.resolve(["127.0.0.1"]),
    isAllowed: () => true,
    ...{ port, ca, withinMs },
  });
}

async function certificate(): Promise<{ cert: string; key: string }> {
  const folder = await Deno.makeTempDir({ prefix: "widgets-" });
  try {
    const cert = await makeCertificate(folder, `DNS:${HOST},DNS:localhost`);
    return { cert, key: await Deno.readTextFile(`${folder}/key.pem`) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
