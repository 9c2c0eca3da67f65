import { getLogger } from "@logtape/logtape";
import type {
  ErrorCode,
  PictureMessage,
} from "@/lib/protocol/visitor/session_messages.ts";
import { limited } from "./limits.ts";
import type { StartedPage } from "./page.ts";
import type { VisitorContext } from "./visitor_context.ts";

const log = getLogger(["widgets", "visitor"]);

/** The pictures of agents that one page requests. */
export class PagePictures {
  readonly #context: VisitorContext;
  readonly #started: StartedPage;
  /** Number of requests, by agent; most visitors see few of them. */
  readonly #asked = new Map<string, number>();
  /** Pictures are sent in the order of their requests. */
  #sent: Promise<void> | undefined;

  constructor(context: VisitorContext, started: StartedPage) {
    this.#context = context;
    this.#started = started;
  }

  /** The widget was saved, so its pictures may have changed. */
  renew(): void {
    this.#asked.clear();
  }

  /** Sends the picture of an agent. */
  send(address: string): void {
    const agent = this.#started.live.agent(address);
    if (agent === undefined) {
      return this.#refuse("dest-refused", "Cannot find this agent here");
    }
    const asked = (this.#asked.get(address) ?? 0) + 1;
    this.#asked.set(address, asked);
    if (asked > this.#context.limits.picturesPerAgent) {
      limited(this.#context, "picturesPerAgent");
      return this.#refuse("rate-limited", "Cannot send a picture so often");
    }
    const read = () => this.#context.pictures.message(address, agent.picture);
    this.#sent = this.#show(read, this.#sent);
  }

  /** Reads when there is room, so that pictures do not pile up before a slow
   * page, and no failed read is left without a handler meanwhile. */
  async #show(
    read: () => Promise<PictureMessage>,
    before: Promise<void> | undefined,
  ): Promise<void> {
    await before;
    const { page } = this.#started;
    try {
      await page.hasRoom();
      page.tell(await read());
    } catch (error) {
      log.warn("Cannot read a picture: {error}", { error });
      this.#refuse("unavailable", "Cannot read this picture now");
    }
  }

  #refuse(error: ErrorCode, text: string): void {
    this.#started.page.tell({ mt: "Error", error, text });
  }
}
