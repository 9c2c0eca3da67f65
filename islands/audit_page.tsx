import { useMemo } from "preact/hooks";
import { History, ListStart } from "lucide-preact";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { AuditPage as Page } from "@/lib/protocol/admin/messages.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { ButtonLink } from "@/lib/ui/button.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { useTimeZone } from "@/components/admin/time_zone.ts";
import { AuditList } from "@/components/audit/audit_list.ts";
import { AuditRow } from "@/components/audit/audit_row.tsx";
import { daysOf, type Reader, zoneText } from "@/components/audit/days.ts";

export interface AuditPageProps {
  language: Language;
  page: Page;
  /** True if the page does not begin with the newest change. */
  isEarlier: boolean;
  /** The uuids of existing widgets, to which changes link. */
  widgets: string[];
  /** Time at which the page was rendered, which defines "today". */
  now: number;
}

/** The audit log. Without JavaScript it is paginated. */
function AuditPage(props: AuditPageProps) {
  const { language, isEarlier, now } = props;
  const { texts: { audit: texts }, lang } = language;
  const list = useMemo(() => new AuditList(props.page, new AdminClient()), []);
  const widgets = useMemo(() => new Set(props.widgets), []);
  const reader = { lang, zone: useTimeZone(), now };
  return (
    <LanguageProvider language={language}>
      <PageHeader
        title={texts.title}
        lead={texts.lead}
        actions={isEarlier && (
          <ButtonLink
            href="/admin/audit"
            icon={<ListStart size={16} aria-hidden="true" />}
          >
            {texts.newest}
          </ButtonLink>
        )}
      />
      {list.entries.value.length === 0
        ? <Nothing isEarlier={isEarlier} />
        : <Days {...{ list, reader, widgets }} />}
    </LanguageProvider>
  );
}

export default withOwnIds("audit-page", AuditPage);

function Nothing({ isEarlier }: { isEarlier: boolean }) {
  const { texts: { audit: texts } } = useLanguage();
  return (
    <div class="panel">
      <EmptyState title={isEarlier ? texts.endTitle : texts.emptyTitle}>
        {isEarlier ? texts.endText : texts.emptyText}
      </EmptyState>
    </div>
  );
}

function Days({ list, reader, widgets }: {
  list: AuditList;
  reader: Reader;
  widgets: ReadonlySet<string>;
}) {
  const { texts: { audit: texts } } = useLanguage();
  return (
    <div class="audit">
      {daysOf(list.entries.value, reader).map((day) => (
        <section key={day.id} aria-labelledby={`day-${day.id}`}>
          <h2 id={`day-${day.id}`} class="day">
            {day.relative && <>{day.relative}{" "}</>}
            <span class={day.relative && "soft"}>{day.date}</span>
          </h2>
          <ol class="panel changes">
            {day.entries.map((entry) => (
              <AuditRow
                key={entry.id}
                {...{ entry, reader, widgets }}
                goOnHere={entry.id === list.goOnAt.value}
              />
            ))}
          </ol>
        </section>
      ))}
      <Earlier list={list} />
      <p class="soft audit-zone">
        {fill(texts.zone, { zone: zoneText(reader) })}
      </p>
    </div>
  );
}

function Earlier({ list }: { list: AuditList }) {
  const { texts } = useLanguage();
  const next = list.next.value;
  const asking = list.asking.value;
  if (next === undefined) return null;
  const hasFailed = asking.state === "failed";
  return (
    <>
      {hasFailed && (
        <Banner kind="danger" live>{reasonText(asking.reason, texts)}</Banner>
      )}
      <div>
        <ButtonLink
          href={`/admin/audit?${new URLSearchParams({ after: next })}`}
          icon={<History size={16} aria-hidden="true" />}
          busy={asking.state === "loading"}
          onClick={(event) => {
            // With a modifier key it acts as a normal link and opens a new tab.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            list.showEarlier();
          }}
        >
          {hasFailed ? texts.common.tryAgain : texts.audit.earlier}
        </ButtonLink>
      </div>
    </>
  );
}
