import { signal } from "@preact/signals";
import { X } from "lucide-preact";
import type { Ref } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isComposing } from "@/lib/base/keys.ts";
import { IconButton } from "@/lib/ui/button.tsx";
import { Fact } from "@/lib/ui/fact.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import type { CallItem, ChatItem } from "../desk_state.ts";
import { pageOf, shortUrl, webUrl } from "../names.ts";
import { answeredAt } from "../outcome.ts";
import { duration, languageName, timeOfDay } from "../times.ts";
import { BlockVisitor } from "./block_visitor.tsx";
import { useDesk } from "./desk_ui.ts";

/** True if the details cover the conversation, on screens that have no room for
 * both. */
export const detailsOpen = signal(false);

/** Tells whether the details have no room beside the conversation and lie over
 * it. */
export function detailsLieOver(): boolean {
  return matchMedia("(max-width: 56rem)").matches;
}

/** The visitor's name, page and language. */
export function VisitorDetails({ item }: { item: CallItem | ChatItem }) {
  const { texts, lang } = useDesk();
  const t = texts.details;
  const { visitor } = item.view;
  const page = pageOf(visitor);
  return (
    <aside
      ref={useClosing(item.view.id)}
      class="desk-details"
      aria-label={t.label}
      data-open={detailsOpen.value}
    >
      <header>
        <h2>{t.label}</h2>
        <IconButton
          class="desk-hide-details"
          label={t.hide}
          onClick={() => detailsOpen.value = false}
        >
          <X size={18} aria-hidden="true" />
        </IconButton>
      </header>
      <dl>
        <Fact name={t.name}>
          {visitor.name
            ? <bdi {...NOT_TRANSLATED}>{visitor.name}</bdi>
            : <i>{t.unknown}</i>}
        </Fact>
        <Fact name={t.page}>
          {page
            ? (
              <>
                <OuterLink href={page.href}>{page.label}</OuterLink>
                <span class="desk-soft" dir="ltr">
                  {shortUrl(visitor.page?.url ?? "")}
                </span>
              </>
            )
            : <i>{t.notTold}</i>}
        </Fact>
        {visitor.page?.referrer && (
          <Fact name={t.referrer}>
            <OuterLink href={webUrl(visitor.page.referrer)}>
              {shortUrl(visitor.page.referrer)}
            </OuterLink>
          </Fact>
        )}
        <Fact name={t.widget}>
          <bdi {...NOT_TRANSLATED}>{visitor.widget.name}</bdi>
        </Fact>
        <Fact name={t.language}>{languageName(visitor.lang, lang)}</Fact>
        <Consent version={visitor.consent} />
        <Times item={item} />
      </dl>
      <BlockVisitor contact={item.view.id} />
    </aside>
  );
}

/** Since when it lasts, and how long. */
function Times({ item }: { item: CallItem | ChatItem }) {
  const { texts: { details: t }, lang, now } = useDesk();
  return (
    <>
      <Fact name={t.since}>
        {timeOfDay(item.view.since, now.peek(), lang)}
      </Fact>
      <Fact name={t.duration}>
        <Lasts item={item} />
      </Fact>
    </>
  );
}

/** The version of the consent text that the visitor has agreed to. */
function Consent({ version }: { version: string | undefined }) {
  const { texts: { details: t } } = useDesk();
  if (version === undefined) return null;
  return (
    <Fact name={t.consent}>
      {t.agreed} <code dir="ltr">{version}</code>
    </Fact>
  );
}

/** Returns the ref of the details. Closes details that lie over the conversation
 * when the agent moves on to another one, presses Escape, or presses elsewhere. */
function useClosing(contact: string): Ref<HTMLElement> {
  const ref = useRef<HTMLElement>(null);
  const isOpen = detailsOpen.value;
  useEffect(() => () => {
    if (detailsLieOver()) detailsOpen.value = false;
  }, [contact]);
  useEffect(() => {
    if (!isOpen) return;
    const end = new AbortController();
    const { signal } = end;
    const opener = () =>
      document.querySelector<HTMLElement>(".desk-show-details");
    document.addEventListener("keydown", (event) => {
      if (isComposing(event) || event.key !== "Escape") return;
      if (event.defaultPrevented || !detailsLieOver()) return;
      detailsOpen.value = false;
      opener()?.focus();
    }, { signal });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!(target instanceof Node) || !detailsLieOver()) return;
      const isOwn = ref.current?.contains(target) || opener()?.contains(target);
      if (!isOwn) detailsOpen.value = false;
    }, { signal });
    return () => end.abort();
  }, [isOpen]);
  return ref;
}

/** Counts from the answer, like the header; before it, from the first ring. */
function Lasts({ item }: { item: CallItem | ChatItem }) {
  const { now } = useDesk();
  const { view } = item;
  const end = view.state === "ended" ? view.endedAt : now.value;
  return <>{duration(end - (answeredAt(item) ?? view.since))}</>;
}

function OuterLink(
  { href, children }: { href: string | undefined; children: string },
) {
  if (href === undefined) return <bdi {...NOT_TRANSLATED}>{children}</bdi>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      dir="auto"
      {...NOT_TRANSLATED}
    >
      {children}
    </a>
  );
}
