import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { AuditEntry } from "@/lib/model/audit.ts";
import { useLanguage } from "../admin/language.tsx";
import { panelHref } from "../admin/panel_address.ts";
import { type Reader, timeText } from "./days.ts";
import { wordsOf } from "./words.ts";

/** One change: the time, and a sentence that says who did what. */
export function AuditRow({ entry, reader, widgets, goOnHere }: {
  entry: AuditEntry;
  reader: Reader;
  /** The uuids of all existing widgets. */
  widgets: ReadonlySet<string>;
  /** True for the first of the entries added last, where the reader
   * continues. */
  goOnHere: boolean;
}) {
  const language = useLanguage();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (goOnHere) row.current?.focus();
  }, [goOnHere]);
  const { at, change } = entry;
  const words = wordsOf(entry, language);
  const isThere = "uuid" in change && widgets.has(change.uuid);
  const name = <bdi>{words.name}</bdi>;
  return (
    <li ref={row} class="change" tabIndex={goOnHere ? -1 : undefined}>
      <time dateTime={new Date(at).toISOString()}>
        {timeText(at, reader)}
      </time>
      <p>
        <Sentence
          text={words.sentence}
          parts={{
            author: (
              <b>
                <bdi>{words.author}</bdi>
              </b>
            ),
            name: isThere
              ? <a href={panelHref(change.uuid)}>{name}</a>
              : <b>{name}</b>,
          }}
        />
      </p>
      {words.detail && <p class="change-detail">{words.detail}</p>}
    </li>
  );
}

/** A text with elements in place of its `{names}`. */
function Sentence({ text, parts }: {
  text: string;
  parts: Readonly<Record<string, ComponentChildren>>;
}) {
  const pieces = text.split(/\{(\w+)\}/);
  return <>{pieces.map((piece, n) => n % 2 === 0 ? piece : parts[piece])}</>;
}
