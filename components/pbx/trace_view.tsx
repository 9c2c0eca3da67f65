import { useEffect, useMemo, useRef } from "preact/hooks";
import { Download } from "lucide-preact";
import { EndFollower } from "@/lib/base/end_follower.ts";
import type { TraceEntryView } from "@/lib/protocol/admin/pbx.ts";
import { ButtonLink } from "@/lib/ui/button.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import { type PbxModel, TRACE_FILTER_LENGTH_MAX } from "./pbx_model.ts";

/** The list follows new messages if it is this near to its end. */
const NEAR_END_PX = 24;

/** The last messages of all links, which can be filtered and saved. */
export function TraceView({ model }: { model: PbxModel }) {
  const { texts: { pbx: texts } } = useLanguage();
  const filter = model.filter.value;
  const query = new URLSearchParams({ text: filter, download: "" });
  return (
    <section class="panel pbx-trace" aria-labelledby="pbx-trace">
      <h2 id="pbx-trace">{texts.trace}</h2>
      <p class="soft">{texts.traceLead}</p>
      <div class="pbx-trace-bar">
        <TextInput
          label={texts.traceFilter}
          type="search"
          placeholder={texts.traceFilterPlaceholder}
          limit={TRACE_FILTER_LENGTH_MAX}
          value={filter}
          onText={(text) => model.filterBy(text)}
        />
        <ButtonLink
          href={`/api/pbx/trace?${query}`}
          icon={<Download size={16} aria-hidden="true" />}
        >
          {texts.traceSave}
        </ButtonLink>
      </div>
      <Entries
        entries={model.entries.value}
        nothing={filter === "" ? texts.traceEmpty : texts.traceNoMatch}
      />
    </section>
  );
}

/** Follows the newest message while the reader is at the end of the list. */
function Entries(
  { entries, nothing }: {
    entries: readonly TraceEntryView[];
    nothing: string;
  },
) {
  const { texts: { pbx: texts } } = useLanguage();
  const list = useRef<HTMLDivElement>(null);
  const follower = useMemo(() => new EndFollower(NEAR_END_PX), []);
  const hasEntries = entries.length > 0;
  useEffect(() => {
    if (list.current) follower.resized(list.current);
  }, [entries]);
  useEffect(() => {
    if (list.current === null) return;
    const box = list.current;
    const resizes = new ResizeObserver(() => follower.resized(box));
    resizes.observe(box);
    // Reading an entry must not move it.
    const opened = () => follower.laidOut(box);
    box.addEventListener("toggle", opened, { capture: true });
    return () => resizes.disconnect();
  }, [hasEntries]);
  if (!hasEntries) return <p class="soft">{nothing}</p>;
  return (
    <div
      ref={list}
      class="pbx-entries"
      role="log"
      aria-live="off"
      aria-label={texts.trace}
      tabIndex={0}
      onScroll={(event) => follower.scrolled(event.currentTarget)}
    >
      {entries.map((entry) => (
        <Entry key={`${entry.instance ?? ""} ${entry.id}`} entry={entry} />
      ))}
    </div>
  );
}

const SIGNS = { in: "→", out: "←", note: "·" };

function Entry({ entry }: { entry: TraceEntryView }) {
  const { lang, texts: { pbx: texts } } = useLanguage();
  const time = new Date(entry.time).toLocaleTimeString(lang, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  });
  const names = { in: texts.received, out: texts.sent, note: texts.note };
  return (
    <details class="pbx-entry" data-direction={entry.direction}>
      <summary>
        <time>{time}</time>
        <span role="img" aria-label={names[entry.direction]}>
          {SIGNS[entry.direction]}
        </span>
        <strong dir="ltr">{entry.mt || entry.text}</strong>
        <span class="soft" dir="ltr">{entry.api}</span>
        <span class="soft pbx-entry-link" dir="ltr">{entry.link}</span>
      </summary>
      <pre dir="ltr">{entry.text}</pre>
    </details>
  );
}
