import { useEffect, useRef } from "preact/hooks";
import {
  type Outcome,
  OUTCOMES,
  type Outcomes,
} from "@/lib/protocol/admin/statistics.ts";
import { useWords } from "./statistics_ui.ts";

/** Outcomes of answered contacts; all others were missed. */
const ANSWERED: readonly Outcome[] = ["ended", "idle", "broken"];

/** Bars of the outcomes of chats and calls; outcomes that never happened are left
 * out. */
export function OutcomeBars({ outcomes }: { outcomes: Outcomes }) {
  const { words, texts } = useWords();
  const all = OUTCOMES.reduce((sum, name) => sum + outcomes[name], 0);
  const most = Math.max(1, ...OUTCOMES.map((name) => outcomes[name]));
  return (
    <section class="panel plot-panel" aria-labelledby="outcomes-title">
      <header class="plot-header">
        <h2 id="outcomes-title">{texts.outcomesTitle}</h2>
      </header>
      {all === 0 && <p class="soft">{texts.nothing}</p>}
      <ul class="bars">
        {OUTCOMES.filter((name) => outcomes[name] > 0).map((name) => (
          <li key={name}>
            <span class="bar-name">{texts.outcomes[name]}</span>
            <span class="bar-value">
              {words.number(outcomes[name])}{" "}
              <span class="soft">{words.share(outcomes[name], all)}</span>
            </span>
            <Bar
              share={outcomes[name] / most}
              kind={ANSWERED.includes(name) ? "answered" : "missed"}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A bar as long as its share. The number is next to it. */
export function Bar({ share, kind }: {
  share: number;
  kind: "answered" | "missed" | "soft";
}) {
  const bar = useRef<HTMLSpanElement>(null);
  // Set by the style's own methods, because the page's policy allows no style
  // attributes.
  useEffect(() => bar.current?.style.setProperty("--share", String(share)), [
    share,
  ]);
  return (
    <span class="bar-track" aria-hidden="true">
      <span ref={bar} class={`bar bar-${kind}`} />
    </span>
  );
}
