import { fill } from "@/lib/i18n/fill.ts";
import type { PbxLinkView } from "@/lib/protocol/admin/pbx.ts";
import { Fact } from "@/lib/ui/fact.tsx";
import { Badge, Banner } from "@/lib/ui/notices.tsx";
import { useLanguage } from "@/components/admin/language.tsx";

/** A linked PBX: its rights, its state and its problems. */
export function LinkCard({ link }: { link: PbxLinkView }) {
  const { lang, texts: { pbx: texts } } = useLanguage();
  const since = new Date(link.since).toLocaleString(lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <section class="panel pbx-link" aria-label={link.key}>
      <header class="pbx-head">
        <div>
          <h2 dir="ltr">{link.pbx || link.key}</h2>
          <p class="soft" dir="ltr">{link.key}</p>
        </div>
        <State link={link} />
      </header>
      {link.missing.map(({ right, isMandatory }) => (
        <Banner key={right} kind={isMandatory ? "warning" : "info"}>
          {texts[`missing${right}`]}
        </Banner>
      ))}
      <p class="soft">
        {fill(texts.linkedSince, { time: since, address: link.address })}
      </p>
      <Facts link={link} />
      {link.errors.length > 0 && <Errors link={link} />}
    </section>
  );
}

function State({ link }: { link: PbxLinkView }) {
  const { texts: { pbx: texts } } = useLanguage();
  if (link.missing.some(({ isMandatory }) => isMandatory)) {
    return <Badge tone="warning">{texts.incomplete}</Badge>;
  }
  if (link.registration === "failed") {
    return <Badge tone="danger">{texts.notRegistered}</Badge>;
  }
  return <Badge tone="good">{texts.linked}</Badge>;
}

function Facts({ link }: { link: PbxLinkView }) {
  const { texts: { pbx: texts } } = useLanguage();
  const { roundTripMs, instance } = link;
  const registration = link.registration === "failed"
    ? fill(texts.failed, { error: link.registrationError })
    : texts[link.registration];
  return (
    <dl class="pbx-facts">
      <Fact name={texts.version}>
        <span dir="ltr">{[link.version, link.build].join(" ").trim()}</span>
      </Fact>
      <Fact name={texts.rights}>
        <span dir="ltr">{link.apis.join(", ")}</span>
      </Fact>
      <Fact name={texts.registration}>{registration}</Fact>
      <Fact name={texts.subscriptions}>{link.subscriptions}</Fact>
      <Fact name={texts.calls}>{link.calls}</Fact>
      <Fact name={texts.chats}>{link.chats}</Fact>
      <Fact name={texts.roundTrip}>
        {roundTripMs === undefined
          ? texts.unknown
          : fill(texts.milliseconds, { n: roundTripMs })}
      </Fact>
      {instance !== undefined && (
        <Fact name={texts.instance}>
          <span dir="ltr">{instance}</span>
        </Fact>
      )}
      <Fact name={texts.messages}>
        {fill(texts.messagesText, {
          received: link.received,
          sent: link.sent,
          problems: link.problems,
        })}
      </Fact>
    </dl>
  );
}

function Errors({ link }: { link: PbxLinkView }) {
  const { lang, texts: { pbx: texts } } = useLanguage();
  return (
    <details class="pbx-errors">
      <summary>{texts.errors}</summary>
      <ul>
        {link.errors.toReversed().map(({ time, text }, index) => (
          <li key={index}>
            <time>{new Date(time).toLocaleTimeString(lang)}</time>
            <span dir="ltr">{text}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
