import { useState } from "preact/hooks";
import { ChartColumn, Table2 } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { Segmented } from "@/lib/ui/choice.tsx";
import { EmptyState } from "@/lib/ui/notices.tsx";
import { zoneText } from "../audit/days.ts";
import { FiguresTable } from "./figures_table.tsx";
import { KeyFigures } from "./key_figures_list.tsx";
import { OutcomeBars } from "./outcomes.tsx";
import { useWords } from "./statistics_ui.ts";
import { ContactsPlot, WaitingPlot } from "./time_plots.tsx";
import { WeekMap } from "./week_map.tsx";
import { contactsIn } from "./words.ts";

/** Shown if there is no data yet. */
export function Nothing() {
  const { texts } = useWords();
  return (
    <div class="panel">
      <EmptyState
        picture={<ChartColumn size={40} aria-hidden="true" />}
        title={texts.emptyTitle}
      >
        <p>{texts.emptyText}</p>
        <p>{texts.emptyHow}</p>
      </EmptyState>
    </div>
  );
}

/** All data of one period: figures, plots or the table, hours, outcomes. */
export function Figures({ view, ofAgent }: {
  view: StatisticsView;
  ofAgent: boolean;
}) {
  const [as, setAs] = useState<"plots" | "table">("plots");
  const { words, texts } = useWords();
  return (
    <>
      <KeyFigures view={view} ofAgent={ofAgent} />
      <div class="view-choice">
        <p>
          {words.days(view.from, view.to)}{" "}
          {view.before && <span class="soft">{texts.compared}</span>}
        </p>
        <Segmented
          label={texts.view}
          hideLabel
          value={as}
          options={[
            {
              value: "plots",
              label: texts.plots,
              icon: <ChartColumn size={16} aria-hidden="true" />,
            },
            {
              value: "table",
              label: texts.table,
              icon: <Table2 size={16} aria-hidden="true" />,
            },
          ]}
          onChoose={setAs}
        />
      </div>
      {as === "plots"
        ? <Plots view={view} />
        : (
          <section class="panel plot-panel" aria-label={texts.tableTitle}>
            <FiguresTable view={view} ofAgent={ofAgent} />
          </section>
        )}
      <div class="plots">
        <WeekMap week={view.week} />
        <OutcomeBars outcomes={view.outcomes} />
      </div>
    </>
  );
}

function Plots({ view }: { view: StatisticsView }) {
  const { texts } = useWords();
  return (
    <div class="plots">
      <section class="panel plot-panel" aria-labelledby="contacts-title">
        <header class="plot-header">
          <h2 id="contacts-title">{texts.contactsTitle}</h2>
          <p class="plot-key" aria-hidden="true">
            <span class="plot-answered">{texts.answered}</span>
            <span class="plot-missed">{texts.missed}</span>
          </p>
        </header>
        {contactsIn(view.total).all > 0
          ? <ContactsPlot view={view} />
          : <p class="plot-nothing">{texts.nothing}</p>}
      </section>
      <section class="panel plot-panel" aria-labelledby="wait-title">
        <header class="plot-header">
          <h2 id="wait-title">{texts.waitTitle}</h2>
          <p class="plot-key" aria-hidden="true">
            <span class="plot-median">{texts.median}</span>
            <span class="plot-p90">{texts.p90}</span>
          </p>
        </header>
        {view.total.waitMedianMs !== null
          ? <WaitingPlot view={view} />
          : <p class="plot-nothing">{texts.noWait}</p>}
      </section>
    </div>
  );
}

/** Explains in two sentences how the numbers were counted. */
export function About({ view, now }: { view: StatisticsView; now: number }) {
  const { words, texts, lang } = useWords();
  const { zone, since } = view;
  return (
    <p class="soft statistics-about">
      {fill(texts.about, {
        zone: zoneText({ lang, zone, now }),
        since: since === null ? "–" : words.days(since, since),
      })}
    </p>
  );
}
