import type { ComponentChild } from "preact";
import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { SessionInfo } from "@/lib/protocol/visitor/session_messages.ts";
import { render } from "./dom/render.ts";
import { pictureOf, type Roster } from "./roster.ts";
import { direction, translator } from "./translate.ts";
import { Featured } from "./view/featured.ts";
import type { Model } from "./view/model.ts";
import { optionsCss, sharedSheets, sheet } from "./view/sheets.ts";
import { Widget } from "./view/widget.tsx";

/** The element's own state for one rendering, in addition to the roster. */
export type Look =
  & Pick<Model, "open" | "help" | "running" | "act">
  & {
    notice: keyof WidgetTexts | "";
    panel(model: Model): ComponentChild;
    redraw(): void;
  };

/** Cards that are drawn per frame; a slow phone stays below 50 ms. */
const CARDS_A_FRAME = 4;

/** Events that are hidden from listeners of the page. The panel needs more than
 * this, see panel/guard.ts. */
const OWN_EVENTS = "keydown keypress keyup beforeinput input paste focusin " +
  "focusout pointerdown pointerup mousedown mouseup click dblclick contextmenu " +
  "touchstart touchend wheel";

/** Roots of this page's widgets, in the order in which they were drawn first. */
const roots = new Set<HTMLElement>();

/** The shadow tree of one element. */
export class Surface {
  readonly #shadow: ShadowRoot;
  readonly #root = document.createElement("div");
  readonly #sheet = sheet("");
  readonly #seen: IntersectionObserver;
  readonly #slot = document.createElement("slot");
  readonly #featured = new Featured();
  #reserved = 0;
  #drawn = CARDS_A_FRAME;
  #due = false;
  #options = "";
  #opener: Element | null = null;
  /** True if a person has asked for the next rendering. */
  #asked = false;

  /** `see` is called with the agents whose pictures come into view. */
  constructor(shadow: ShadowRoot, see: (id: string) => void) {
    this.#shadow = shadow;
    this.#seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        const id = target.getAttribute("data-see");
        if (isIntersecting && id !== null) see(id);
      }
    }, { rootMargin: "200px" });
    this.#root.className = "root";
    // Until there are cards, the page's own children are visible.
    this.#root.append(this.#slot);
    shadow.append(this.#root);
  }

  draw(roster: Roster, look: Look): void {
    const { session } = roster;
    const early = roster.incoming && roster.cards.length === 0;
    if (!session && !this.#slot.isConnected) render(null, this.#root);
    if (!session || early) return;
    const { palettes } = session.options;
    if (!palettes) {
      return void import("./view/older_service.ts")
        .then(({ paint }) => paint(session, look), () => {});
    }
    this.#root.lang = session.lang;
    this.#root.dir = direction(session.lang);
    if (this.#slot.isConnected) this.#takePlace(session);
    const text = translator(session.strings);
    const times = roster.cards.flatMap(({ opensAt }) => opensAt ?? []);
    const model: Model = {
      ...look,
      session,
      cards: session.type === "sidebar" && session.options.randomAgent
        ? this.#featured.first(roster.cards)
        : roster.cards,
      picture: (card) => pictureOf(roster, card),
      drawn: this.#drawn,
      text,
      nobody: text(Math.min(...times)) || text("nobody"),
      notice: look.notice && text(look.notice),
      panel: undefined,
    };
    model.panel = look.panel(model);
    const room = `.root{min-height:${this.#reserved}px}`;
    this.#dress(optionsCss(session.options, palettes) + room); // The panel brings its own sheets.
    const focused = this.#shadow.activeElement;
    // Nothing inside can take the focus while it is elsewhere in the page.
    this.#root.inert = !focused && !this.#asked;
    render(<Widget model={model} />, this.#root);
    this.#lift();
    this.#root.inert = false;
    // If the focused element was removed, the keyboard stays in the panel.
    const lost = focused !== null && this.#shadow.activeElement === null;
    if (lost) this.#find(".panel")?.focus();
    if (this.#find(".launch")) roots.add(this.#root);
    if (roots.size > 1) {
      import("./stack.ts").then(({ stack }) => stack(roots), () => {});
    }
    if (times.length > 0) {
      import("./opening.ts")
        .then(({ tell }) => tell(times, model, look), () => {});
    }
    this.#drawMore(roster, look);
    for (const face of this.#root.querySelectorAll("[data-see]")) {
      this.#seen.observe(face);
    }
  }

  /** Replaces the page's own children. */
  #takePlace({ type }: SessionInfo): void {
    // Keeps the space that the page has reserved, so that nothing below moves.
    const { offsetHeight } = this.#root;
    if (type === "cardset") this.#reserved = offsetHeight;
    this.#slot.remove();
    for (const name of OWN_EVENTS.split(" ")) {
      this.#root.addEventListener(name, (event) => event.stopPropagation(), {
        passive: true,
      });
    }
  }

  /** Shows launcher and panel in the top layer, above the whole page. An
   * element that moves in the page leaves that layer. */
  #lift(): void {
    const element = this.#find("[popover]");
    const lifts = element?.isConnected && "showPopover" in element &&
      !element.matches(":popover-open,[open]");
    if (!lifts) return;
    this.#root.inert = true; // Otherwise a dialog would focus its first button.
    element.showPopover();
  }

  #drawMore({ cards }: Roster, { redraw }: Look): void {
    if (this.#drawn >= cards.length || this.#due) return;
    this.#due = true;
    // Not in the frame itself, because its layout is a separate task.
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.#due = false;
        this.#drawn += CARDS_A_FRAME;
        redraw();
      })
    );
  }

  /** Called before a person opens or closes the panel. Remembers the focused
   * element and takes the focus from the page, where a dialog may hold it. */
  remember(open: boolean): void {
    this.#asked = true;
    if (!open) return;
    const { activeElement: outside, body } = document;
    this.#opener = this.#shadow.activeElement;
    if (this.#opener || outside === body) return;
    this.#opener = outside;
    if (outside instanceof HTMLElement) outside.blur();
  }

  /** Called afterwards. Moves the focus into the panel, unless it is there
   * already, or back. */
  focus(open: boolean): void {
    this.#asked = false;
    const { activeElement } = this.#shadow;
    const opener = this.#opener;
    const panel = this.#find(".panel");
    if (open) {
      if (!panel?.contains(activeElement)) panel?.focus();
    } else if (opener instanceof HTMLElement && opener.isConnected) {
      opener.focus();
    } else this.#find(".launcher")?.focus();
  }

  #find(query: string): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(query);
  }

  #dress(options: string): void {
    const sheets = [...sharedSheets(), this.#sheet];
    if (this.#shadow.adoptedStyleSheets.length !== sheets.length) {
      this.#shadow.adoptedStyleSheets = sheets;
    }
    if (options !== this.#options) {
      this.#sheet.replaceSync(this.#options = options);
    }
  }
}
