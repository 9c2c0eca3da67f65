import { useEffect, useMemo } from "preact/hooks";
import { Download } from "lucide-preact";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import {
  type Language,
  LanguageProvider,
} from "@/components/admin/language.tsx";
import { type Choice, choiceOf } from "@/components/statistics/choice.ts";
import { Filters } from "@/components/statistics/filters.tsx";
import {
  About,
  Figures,
  Nothing,
} from "@/components/statistics/period_view.tsx";
import { Shares } from "@/components/statistics/shares.tsx";
import {
  type AgentName,
  StatisticsModel,
} from "@/components/statistics/statistics_model.ts";
import { type Named, useWords } from "@/components/statistics/statistics_ui.ts";

/** Interval of refreshes while the page is visible. */
const REFRESH_MS = 60_000;

export interface StatisticsPageProps {
  language: Language;
  /** Query of the page's address, without a `?`. */
  query: string;
  widgets: { uuid: string; name: string }[];
  /** The agents of all widgets; empty if there are too many to choose from. */
  agents: AgentName[];
  /** Time at which the page was rendered. */
  now: number;
}

/** The page with the figures of widgets and agents. */
function StatisticsPage(props: StatisticsPageProps) {
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

export default withOwnIds("statistics-page", StatisticsPage);

/** The address shows the choice; going back leaves the page. */
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
