import { fill, plural } from "@/lib/i18n/fill.ts";
import type { PbxRefusal } from "@/lib/protocol/admin/pbx.ts";
import { useLanguage } from "@/components/admin/language.tsx";

/** The rejected connections: address, number, last time, and advice. */
export function Refused({ refusals }: { refusals: readonly PbxRefusal[] }) {
  const { texts: { pbx: texts } } = useLanguage();
  if (refusals.length === 0) return null;
  return (
    <section class="panel pbx-refused" aria-labelledby="pbx-refused">
      <h2 id="pbx-refused">{texts.refusedTitle}</h2>
      <ul>
        {refusals.map((one) => (
          <Row key={`${one.reason} ${one.address}`} refusal={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ refusal }: { refusal: PbxRefusal }) {
  const { lang, texts: { pbx: texts } } = useLanguage();
  const { reason, address, count, lastAt } = refusal;
  const time = new Date(lastAt).toLocaleString(lang, {
    dateStyle: "medium",
    timeStyle: "medium",
  });
  return (
    <li>
      <strong dir="ltr">{address}</strong>
      <span>{texts.refusedReasons[reason]}</span>
      <span class="soft">
        {plural(texts.refusedTimes, count, lang)}
        {fill(texts.refusedLast, { time })}
      </span>
    </li>
  );
}
