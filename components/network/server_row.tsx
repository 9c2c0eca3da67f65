import { CircleAlert, CircleCheck, CircleDashed } from "lucide-preact";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import type { Tested } from "./network_model.ts";
import type { Probe } from "./probe_state.ts";
import { proofText, saidText, useText, whyText } from "./words.ts";

/** One server: its purpose, the state of its test, and advice. */
export function ServerRow({ server }: { server: Tested }) {
  const { texts: { network: texts } } = useLanguage();
  const { url, credentials, probe } = server;
  return (
    <li class="ice-server" data-state={probe?.state}>
      <div class="ice-head">
        <div>
          <h3 dir="ltr">{url}</h3>
          <p class="soft">
            {useText(url, texts)}
            {credentials === "minted" && ` · ${texts.minted}`}
            {credentials === "fixed" && ` · ${texts.fixed}`}
            {credentials === "missing" && ` · ${texts.missingShort}`}
          </p>
        </div>
        {probe && <State probe={probe} />}
      </div>
      {probe && <Found probe={probe} url={url} />}
    </li>
  );
}

const ICONS = {
  passed: <CircleCheck size={16} aria-hidden="true" />,
  failed: <CircleAlert size={16} aria-hidden="true" />,
  stopped: <CircleDashed size={16} aria-hidden="true" />,
  reaching: <Spinner />,
  relaying: <Spinner />,
};

function State({ probe: { state } }: { probe: Probe }) {
  const { texts: { network: texts } } = useLanguage();
  return (
    <p class={`ice-state ice-${state}`}>
      {ICONS[state]}
      <span>{state === "stopped" ? texts.notTested : texts[state]}</span>
    </p>
  );
}

function Found({ probe, url }: { probe: Probe; url: string }) {
  const { texts: { network: texts } } = useLanguage();
  if (probe.state === "passed") {
    return <p class="ice-found">{proofText(probe.proof, texts)}</p>;
  }
  if (probe.state !== "failed") return null;
  const said = saidText(probe, texts);
  return (
    <div class="ice-found">
      <p>{whyText(probe, url, texts)}</p>
      {said && <p class="soft">{said}</p>}
    </div>
  );
}
