import { render } from "./dom/render.ts";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import type { ContactKind } from "./contacts_port.ts";
import { Core } from "./core.ts";
import { Help } from "./help.ts";
import { leaveCore, takeCore } from "./orphans.ts";
import { watchPage } from "./page_events.ts";
import type { panelView } from "./panel/mod.tsx";
import type { Preview } from "./preview.ts";
import { EMPTY_ROSTER, pictureOf, type Roster } from "./roster.ts";
import { seatOf } from "./seat.ts";
import { direction, translator } from "./translate.ts";
import type { Actions, Model } from "./view/model.ts";
import { optionsCss, sharedSheet, sheet } from "./view/sheets.ts";
import { Widget } from "./view/widget.tsx";

/** `<contact-widget uuid="…">`: see docs/website.md for attributes and API. */
export class ContactWidget extends HTMLElement {
  static readonly observedAttributes = ["uuid", "server", "service", "lang"];

  readonly #shadow = this.attachShadow({ mode: "open" });
  readonly #root = document.createElement("div");
  readonly #sheet = sheet("");
  readonly #help = new Help();
  readonly #seen = new IntersectionObserver(
    (entries) => this.#see(entries),
    { rootMargin: "200px" },
  );
  #core: Core | undefined;
  #preview: Roster | undefined;
  #panel: typeof panelView | undefined;
  #page = new AbortController();
  #open = false;
  #notice: keyof WidgetTexts | "" = "";
  #drawing = false;
  #options = "";
  readonly #act: Actions = {
    expand: () => this.#expand(true),
    collapse: () => this.#expand(false),
    hushHelp: () => {
      this.#help.hush();
      this.#draw();
    },
    contact: (kind, agent) => this.#contact(kind, agent),
  };

  constructor() {
    super();
    const shadow = this.#shadow;
    shadow.adoptedStyleSheets = [sharedSheet(), this.#sheet];
    this.#root.className = "root";
    this.#root.append(document.createElement("slot"));
    shadow.append(this.#root);
  }

  /** Shows these messages instead of asking a service; undefined asks again. */
  set preview(preview: Preview | undefined) {
    this.#showPreview(preview);
  }

  connectedCallback(): void {
    this.#takeEarly();
    this.#begin();
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#page.abort();
    this.#help.stop();
    const core = this.#core;
    this.#core = undefined;
    if (core === undefined) return;
    core.onchange = () => {};
    leaveCore(core);
  }

  attributeChangedCallback(
    name: string,
    before: string | null,
    after: string | null,
  ): void {
    if (before === after || !this.isConnected) return;
    if (name === "lang") return this.#core?.speak(this.#seat()?.lang ?? "");
    this.#core?.dispose();
    this.#core = undefined;
    this.#begin();
  }

  /** A `preview` that was set before the script came is no accessor yet. */
  #takeEarly(): void {
    const early = Object.getOwnPropertyDescriptor(this, "preview");
    if (early === undefined) return;
    Reflect.deleteProperty(this, "preview");
    this.preview = early.value;
  }

  #seat() {
    return seatOf(this, import.meta.url);
  }

  #begin(): void {
    const seat = this.#preview === undefined ? this.#seat() : undefined;
    if (seat === undefined) {
      this.#core?.dispose();
      this.#core = undefined;
      return;
    }
    if (this.#core !== undefined) return;
    const core = this.#core = takeCore(seat) ?? new Core(seat);
    core.onchange = () => this.#draw();
    this.#page.abort();
    this.#page = new AbortController();
    watchPage((event) => core.tell(event), this.#page.signal);
    core.tell({ type: "arrive" });
  }

  async #showPreview(preview: Preview | undefined): Promise<void> {
    const { rosterOf } = await import("./preview.ts");
    this.#preview = preview && rosterOf(preview);
    if (this.isConnected) this.#begin();
    this.#draw();
  }

  async #expand(open: boolean): Promise<void> {
    this.#notice = "";
    if (open && !await this.#load()) return;
    this.#open = open;
    if (open) this.#help.hush();
    this.#drawNow();
    const target = open ? ".panel" : ".launcher";
    this.#root.querySelector<HTMLElement>(target)?.focus();
  }

  /** What the first click needs; says whether it is there now. */
  async #load(): Promise<boolean> {
    if (this.#panel !== undefined) return true;
    try {
      const { panelSheet, panelView } = await import("./panel/mod.tsx");
      this.#shadow.adoptedStyleSheets.push(panelSheet());
      this.#panel = panelView;
    } catch { // The network is away, or the service has been updated.
      this.#notice = "connectionLost";
    }
    this.#draw();
    return this.#panel !== undefined;
  }

  #contact(_kind: ContactKind, _agent: Info): void {
    this.#notice = "previewOnly";
    this.#draw();
  }

  #see(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const id = target.getAttribute("data-see");
      if (isIntersecting && id !== null) this.#core?.see(id);
    }
  }

  /** Draws once for all that changes at the same moment. */
  #draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#drawNow();
    });
  }

  #drawNow(): void {
    const roster = this.#preview ?? this.#core?.roster ?? EMPTY_ROSTER;
    const { session } = roster;
    if (session === undefined || roster.incoming && !roster.cards.length) {
      return;
    }
    const css = optionsCss(session.options);
    if (css !== this.#options) this.#sheet.replaceSync(this.#options = css);
    this.#root.lang = session.lang;
    this.#root.dir = direction(session.lang);
    if (!this.#open) {
      this.#help.run(session.options.helpTexts, () => this.#draw());
    }
    this.#root.querySelector("slot")?.remove();
    render(<Widget model={this.#model(roster, session)} />, this.#root);
    for (const face of this.#root.querySelectorAll("[data-see]")) {
      this.#seen.observe(face);
    }
  }

  #model(roster: Roster, session: Model["session"]): Model {
    const text = translator(session.strings);
    const contacts = this.#core?.contacts;
    const model: Model = {
      session,
      cards: roster.cards,
      picture: (card) => pictureOf(roster, card),
      text,
      open: this.#open,
      help: this.#help.text(session.options.helpTexts),
      panel: undefined,
      notice: this.#notice && text(this.#notice),
      unread: contacts?.unread ?? 0,
      act: this.#act,
    };
    if (this.#open) model.panel = this.#panel?.(model, contacts?.view());
    return model;
  }
}
