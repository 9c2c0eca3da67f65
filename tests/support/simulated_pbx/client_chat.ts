import { facility, type Json, listOf, textOf } from "./messages.ts";
import type { SendSignal } from "./phone_call.ts";

/** A chat as the myApps client of a user shows it (SDK: PbxSignal). */
export class ClientChat {
  readonly visitorName: string;
  readonly setup: Json;
  /** The visitor's texts, as the client renders them. */
  readonly texts: string[] = [];
  /** Text in italics only: notes of the service, not the visitor's. */
  readonly notes: string[] = [];
  isOver = false;
  readonly #send: SendSignal;
  readonly #self: { sender: string; sender_dn: string };
  readonly #ended = Promise.withResolvers<void>();
  readonly #sawTyping = Promise.withResolvers<void>();
  readonly #waiting: { count: number; resolve(): void }[] = [];
  /** Called with each text, for clients that answer automatically. */
  onText: ((text: string) => void) | undefined;

  constructor(
    setup: Json,
    send: SendSignal,
    self: { sip: string; dn: string },
  ) {
    this.setup = setup;
    this.visitorName = textOf(facility(setup, "name_identification")?.name);
    this.#send = send;
    this.#self = { sender: self.sip, sender_dn: self.dn };
  }

  proceed(): void {
    this.#send({ type: "call_proc" });
  }

  notify(): void {
    this.#send({ type: "alert" });
  }

  join(): void {
    this.#send({ type: "conn" });
  }

  /** Writes a text, escaped to HTML as a client does. */
  say(text: string): void {
    this.sayHtml(escape(text));
  }

  sayHtml(data: string, members: Json = {}): void {
    const time = Math.floor(Date.now() / 1000);
    this.#im({ data, mime: "text/html", time, ...members });
  }

  setTyping(typing: boolean): void {
    this.#im({ typing });
  }

  leave(): void {
    if (this.isOver) return;
    this.#send({ type: "rel", cau: { num: 16 } });
    this.lose();
  }

  /** Resolves when this number of the visitor's texts are shown. */
  async visitorTexts(count: number): Promise<string[]> {
    if (this.texts.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push({ count, resolve });
      await promise;
    }
    return [...this.texts];
  }

  sawTyping(): Promise<void> {
    return this.#sawTyping.promise;
  }

  ended(): Promise<void> {
    return this.#ended.promise;
  }

  signal(sig: Json): void {
    if (sig.type === "rel" || sig.type === "disc") return this.lose();
    for (const { type, typing, data } of listOf(sig.fty)) {
      if (type !== "im_message") continue;
      if (typing === true) this.#sawTyping.resolve();
      if (typeof data === "string" && data !== "") this.#show(data);
    }
  }

  lose(): void {
    this.isOver = true;
    this.#ended.resolve();
  }

  #show(html: string): void {
    const [, note] = /^<i>((?:[^<]|<br>)*)<\/i>$/.exec(html) ?? [];
    if (note !== undefined) return void this.notes.push(render(note));
    const text = render(html);
    this.texts.push(text);
    for (const { count, resolve } of this.#waiting) {
      if (this.texts.length >= count) resolve();
    }
    this.onText?.(text);
  }

  #im(members: Json): void {
    const fty = [{ type: "im_message", ...this.#self, ...members }];
    this.#send({ type: "facility", fty });
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replaceAll("\n", "<br>");
}

/** Remaining markup would be markup on the agent's screen, so it stays
 * visible. */
function render(html: string): string {
  return html.replaceAll("<br>", "\n")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
