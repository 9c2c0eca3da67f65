import { useEffect, useMemo, useState } from "preact/hooks";
import { ChartColumn, Download, Table2 } from "lucide-preact";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Segmented } from "@/lib/ui/choice.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import {
  type Language,
  LanguageProvider,
} from "@/components/admin/language.tsx";
import { zoneText } from "@/components/audit/days.ts";
import { type Choice, choiceOf } from "@/components/statistics/choice.ts";
import { FiguresTable } from "@/components/statistics/figures_table.tsx";
import { Filters } from "@/components/statistics/filters.tsx";
import { KeyFigures } from "@/components/statistics/key_figures_list.tsx";
import { OutcomeBars } from "@/components/statistics/outcomes.tsx";
import { Shares } from "@/components/statistics/shares.tsx";
import {
  type AgentName,
  StatisticsModel,
} from "@/components/statistics/statistics_model.ts";
import { type Named, useWords } from "@/components/statistics/statistics_ui.ts";
import {
  ContactsPlot,
  WaitingPlot,
} from "@/components/statistics/time_plots.tsx";
import { contactsIn } from "@/components/statistics/words.ts";
import { WeekMap } from "@/components/statistics/week_map.tsx";

/** How often the figures are renewed while somebody looks at them. */
const REFRESH_MS = 60_000;

export interface StatisticsPageProps {
  language: Language;
  /** Of the page's address, without a `?`. */
  query: string;
  widgets: { uuid: string; name: string }[];
  /** The agents of all widgets; none if they are too many to choose from. */
  agents: AgentName[];
  /** When the page was made. */
  now: number;
}

/** How widgets were seen and used, and how agents answered. */
export default function StatisticsPage(props: StatisticsPageProps) {
  const { language, now } = props;
  const { texts } = language;
  const model = useMemo(
    () =>
      new StatisticsModel(choiceOf(props.query), {
        api: new AdminClient(),
        texts,
        zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
        agents: props.agents,
        onQuery: showQuery,
      }),
    [],
  );
  useEffect(() => refreshing(model), []);
  const view = model.view.value;
  const widgets = props.widgets.map(({ uuid: id, name }) => ({ id, name }));
  return (
    <LanguageProvider language={language}>
      <PageHeader
        title={texts.statistics.title}
        lead={texts.statistics.lead}
        actions={view?.since && (
          <ButtonLink
            href={`/api/statistics.csv?${model.fileQuery}`}
            icon={<Download size={16} aria-hidden="true" />}
          >
            {texts.statistics.download}
          </ButtonLink>
        )}
      />
      <noscript>
        <Banner kind="info">
          {texts.statistics.noScript}{" "}
          <a href={`/api/statistics.csv?${props.query}`}>
            {texts.statistics.download}
          </a>
        </Banner>
      </noscript>
      {view?.since === null
        ? <Nothing />
        : <Content {...{ model, widgets, now }} />}
    </LanguageProvider>
  );
}

/** The address follows what is chosen; one step back leaves the page. */
function showQuery(query: string): void {
  const { pathname } = location;
  history.replaceState(null, "", query === "" ? pathname : `?${query}`);
}

function refreshing(model: StatisticsModel): () => void {
  void model.load({ names: model.choice.value.widget !== "" });
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") void model.load();
  }, REFRESH_MS);
  return () => clearInterval(timer);
}

function Nothing() {
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

function Content({ model, widgets, now }: {
  model: StatisticsModel;
  widgets: readonly Named[];
  now: number;
}) {
  const { texts } = useWords();
  const agents = model.agents.value
    .map(({ address: id, name }) => ({ id, name: name || id }));
  const view = model.view.value;
  const choose = (change: Partial<Choice>) => void model.choose(change);
  const failure = model.failure.value;
  return (
    <div class="statistics">
      <Filters
        choice={model.choice.value}
        today={new Intl.DateTimeFormat("sv").format(now)}
        actions={{ choose }}
        {...{ widgets, agents }}
      />
      {failure !== "" && (
        <Banner
          kind="danger"
          live
          actions={
            <Button size="small" onClick={() => void model.load()}>
              {texts.tryAgain}
            </Button>
          }
        >
          {failure}
        </Banner>
      )}
      {view === undefined && failure === "" && <Loading />}
      {view && (
        <div
          class="statistics-view"
          aria-busy={model.isLoading.value ? "true" : undefined}
        >
          <Figures view={view} ofAgent={model.choice.value.agent !== ""} />
          <SharesOf {...{ model, widgets, agents, choose }} />
          <About view={view} now={now} />
        </div>
      )}
    </div>
  );
}

function Loading() {
  const { texts } = useWords();
  return (
    <p class="panel statistics-loading" role="status">
      <Spinner /> {texts.loading}
    </p>
  );
}

function Figures({ view, ofAgent }: {
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

function SharesOf({ model, widgets, agents, choose }: {
  model: StatisticsModel;
  widgets: readonly Named[];
  agents: readonly Named[];
  choose: (change: Partial<Choice>) => void;
}) {
  const choice = model.choice.value;
  const ofWidgets = model.widgetShares.value;
  const ofAgents = model.agentShares.value;
  const shared = { choice, actions: { choose } };
  return (
    <div class="plots">
      {ofWidgets && (
        <Shares kind="widget" view={ofWidgets} names={widgets} {...shared} />
      )}
      {ofAgents && (
        <Shares kind="agent" view={ofAgents} names={agents} {...shared} />
      )}
    </div>
  );
}

/** How it was counted, in two sentences. */
function About({ view, now }: { view: StatisticsView; now: number }) {
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
