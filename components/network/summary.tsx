import { fill, plural } from "@/lib/i18n/fill.ts";
import { Banner } from "@/lib/ui/notices.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import type { NetworkModel, Tested } from "./network_model.ts";
import { isOver } from "./probe_state.ts";

/** The state of the whole test; read aloud when it changes. */
export function Summary({ model }: { model: NetworkModel }) {
  const { texts: { network: texts } } = useLanguage();
  const servers = model.servers.value;
  const { state } = model.run.value;
  const count = servers.length;
  const done = servers.filter(({ probe }) => probe && isOver(probe)).length;
  return (
    <div role="status" class="ice-summary">
      {state === "idle" && <p class="soft">{texts.testHint}</p>}
      {state === "asking" && <p>{texts.asking}</p>}
      {state === "running" && <p>{fill(texts.running, { done, count })}</p>}
      {state === "over" && <Result servers={servers} />}
    </div>
  );
}

function Result({ servers }: { servers: readonly Tested[] }) {
  const { lang, texts: { network: texts } } = useLanguage();
  const count = servers.length;
  const passed =
    servers.filter(({ probe }) => probe?.state === "passed").length;
  const isWhole = servers
    .every(({ probe }) => probe !== undefined && probe.state !== "stopped");
  if (!isWhole) return <Banner kind="info">{texts.stopped}</Banner>;
  if (passed === count) {
    return <Banner kind="good">{plural(texts.allPassed, count, lang)}</Banner>;
  }
  if (passed === 0) return <Banner kind="danger">{texts.nonePassed}</Banner>;
  return (
    <Banner kind="warning">{fill(texts.somePassed, { passed, count })}</Banner>
  );
}

/** Shows whether the clocks agree, because credentials expire at a time. */
export function Clocks({ model }: { model: NetworkModel }) {
  const { lang, texts: { network: texts } } = useLanguage();
  const skewMs = model.skewMs.value;
  if (model.run.value.state !== "over" || skewMs === undefined) return null;
  const seconds = Math.round(skewMs / 1_000);
  if (seconds === 0) return <p class="soft">{texts.clocksAgree}</p>;
  const forms = seconds > 0 ? texts.skewAhead : texts.skewBehind;
  return (
    <Banner kind="warning">{plural(forms, Math.abs(seconds), lang)}</Banner>
  );
}
