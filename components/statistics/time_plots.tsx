import { useMemo } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { Plot } from "./plot.tsx";
import { countStep, secondStep } from "./plot_scale.ts";
import { useWords } from "./statistics_ui.ts";
import { contactsIn } from "./words.ts";

/** Chats and calls by time: answered below, missed above. */
export function ContactsPlot({ view }: { view: StatisticsView }) {
  const { words, texts } = useWords();
  const { points, by } = view;
  const contacts = points.map(({ figures }) => contactsIn(figures));
  const data = useMemo(() => [
    contacts.map(({ all }) => all),
    contacts.map(({ answered }) => answered),
  ], [points]);
  const { answered, missed } = contactsIn(view.total);
  return (
    <Plot
      label={fill(texts.contactsLabel, {
        answered: words.number(answered),
        missed: words.number(missed),
      })}
      data={data}
      step={countStep}
      series={(colours, lib) =>
        ["--plot-missed", "--plot-answered"].map((name) => {
          const paths = lib.paths.bars?.({ size: [0.72, 44] });
          return {
            fill: () => colours.of(name),
            stroke: () => colours.of(name),
            width: 0,
            points: { show: false },
            ...paths && { paths },
          };
        })}
      tick={(n) => words.tick(points[n]?.start ?? "", by)}
      value={(value) => words.number(value)}
      tip={(n) => (
        <>
          <strong>{pointName(view, n, { words, texts })}</strong>
          <span class="plot-answered">
            {texts.answered}: {words.number(contacts[n]?.answered ?? 0)}
          </span>
          <span class="plot-missed">
            {texts.missed}: {words.number(contacts[n]?.missed ?? 0)}
          </span>
        </>
      )}
    />
  );
}

/** Waiting time over time: the median, and the 90 % value. */
export function WaitingPlot({ view }: { view: StatisticsView }) {
  const { words, texts } = useWords();
  const { points, by, total } = view;
  const data = useMemo(() => [
    points.map(({ figures }) => seconds(figures.waitP90Ms)),
    points.map(({ figures }) => seconds(figures.waitMedianMs)),
  ], [points]);
  return (
    <Plot
      label={fill(texts.waitLabel, {
        median: words.duration(total.waitMedianMs),
        p90: words.duration(total.waitP90Ms),
      })}
      data={data}
      step={secondStep}
      series={(colours) =>
        ["--plot-p90", "--plot-median"].map((name) => ({
          stroke: () => colours.of(name),
          width: 2,
          ...name === "--plot-p90" && { dash: [5, 4] },
          spanGaps: false,
          // A single day without neighbours has no line.
          points: {
            show: true,
            size: 6,
            width: 0,
            fill: () => colours.of(name),
          },
        }))}
      tick={(n) => words.tick(points[n]?.start ?? "", by)}
      value={(value) => words.duration(value * 1_000)}
      tip={(n) => (
        <>
          <strong>{pointName(view, n, { words, texts })}</strong>
          <span class="plot-median">
            {texts.median}:{" "}
            {words.duration(points[n]?.figures.waitMedianMs ?? null)}
          </span>
          <span class="plot-p90">
            {texts.p90}: {words.duration(points[n]?.figures.waitP90Ms ?? null)}
          </span>
        </>
      )}
    />
  );
}

/** `Sunday, 22 November 2026`, `Week from 16 November 2026`. */
export function pointName(
  { points, by }: StatisticsView,
  n: number,
  { words, texts }: Pick<ReturnType<typeof useWords>, "words" | "texts">,
): string {
  const date = words.point(points[n]?.start ?? "", by);
  return by === "week" ? fill(texts.weekFrom, { date }) : date;
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
