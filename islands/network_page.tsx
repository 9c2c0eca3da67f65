import { useEffect, useMemo } from "preact/hooks";
import { Radar, Square } from "lucide-preact";
import { systemClock } from "@/lib/base/clock.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { NetworkView } from "@/lib/protocol/admin/network.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { NetworkModel } from "@/components/network/network_model.ts";
import { probe } from "@/components/network/probe.ts";
import { ServerRow } from "@/components/network/server_row.tsx";
import { Clocks, Summary } from "@/components/network/summary.tsx";

export interface NetworkPageProps {
  language: Language;
  view: NetworkView;
}

/** The STUN and TURN servers of calls, tested from this browser. */
function NetworkPage({ language, view }: NetworkPageProps) {
  const model = useMemo(
    () =>
      new NetworkModel(view, {
        api: new AdminClient(),
        clock: systemClock,
        texts: language.texts,
        probe,
      }),
    [],
  );
  useEffect(() => () => model.stop(), []);
  const { title, lead } = language.texts.network;
  return (
    <LanguageProvider language={language}>
      <PageHeader title={title} lead={lead} />
      {view.servers.length === 0 ? <Nothing /> : <Servers model={model} />}
    </LanguageProvider>
  );
}

export default withOwnIds("network-page", NetworkPage);

function Nothing() {
  const { texts: { network: texts } } = useLanguage();
  return (
    <div class="panel">
      <EmptyState title={texts.emptyTitle}>
        <p>{texts.emptyText}</p>
        <p>{texts.emptyHow}</p>
      </EmptyState>
    </div>
  );
}

function Servers({ model }: { model: NetworkModel }) {
  const { texts: { network: texts } } = useLanguage();
  const servers = model.servers.value;
  const hasTurn = servers.some(({ url }) => url.startsWith("turn"));
  return (
    <div class="network-page">
      {!hasTurn && <Banner kind="warning">{texts.noTurn}</Banner>}
      {model.failure.value && (
        <Banner kind="danger" live>{model.failure.value}</Banner>
      )}
      <section class="panel ice" aria-labelledby="ice-servers">
        <header class="ice-bar">
          <div>
            <h2 id="ice-servers">{texts.servers}</h2>
            <p class="soft">
              {model.source === "pbx" ? texts.sourcePbx : texts.sourceSettings}
            </p>
          </div>
          <Ready>
            <Start model={model} />
          </Ready>
        </header>
        <Summary model={model} />
        <ul class="ice-servers">
          {servers.map((server) => (
            <ServerRow key={server.url} server={server} />
          ))}
        </ul>
        <Clocks model={model} />
      </section>
    </div>
  );
}

/** A single button, so that it keeps the focus. */
function Start({ model }: { model: NetworkModel }) {
  const { texts: { network: texts } } = useLanguage();
  const { state } = model.run.value;
  const isRunning = state === "asking" || state === "running";
  return (
    <Button
      kind={isRunning ? "plain" : "primary"}
      icon={isRunning
        ? <Square size={16} aria-hidden="true" />
        : <Radar size={16} aria-hidden="true" />}
      onClick={() => isRunning ? model.stop() : void model.test()}
    >
      {isRunning ? texts.stop : state === "over" ? texts.testAgain : texts.test}
    </Button>
  );
}
