import { useEffect, useMemo } from "preact/hooks";
import { Download, History, Zap } from "lucide-preact";
import { plural } from "@/lib/i18n/fill.ts";
import { InquiryClient } from "@/lib/protocol/admin/inquiry_client.ts";
import type {
  Colleague,
  InquiryForm,
  InquiryPage,
} from "@/lib/protocol/admin/inquiries.ts";
import type { MailStatus } from "@/lib/protocol/admin/mails.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { ButtonLink } from "@/lib/ui/button.tsx";
import { EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { filterQuery } from "@/components/admin/list_filter.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { useTimeZone } from "@/components/admin/time_zone.ts";
import { type KnownWidget, Names } from "@/components/contacts/names.ts";
import { MESSAGES_CHANGED } from "@/components/messages/changed.ts";
import { DeleteAll } from "@/components/messages/delete_all.tsx";
import { InquiryList } from "@/components/messages/inquiry_list.ts";
import { FailedMails, TestMail } from "@/components/messages/mail.tsx";
import { MessageDialog } from "@/components/messages/message_dialog.tsx";
import {
  isFiltered,
  MessageFilter,
  messagesHref,
} from "@/components/messages/message_filter.tsx";
import { MessageRow } from "@/components/messages/message_row.tsx";
import { whileVisible } from "@/components/messages/while_visible.ts";

const REFRESH_EVERY_MS = 10_000;

export interface MessagesPageProps {
  language: Language;
  page: InquiryPage;
  form: InquiryForm;
  /** Number of days for which messages are stored. */
  days: number;
  widgets: KnownWidget[];
  colleagues: Colleague[];
  /** Id of the user's account. */
  own: string;
  isAdmin: boolean;
  /** Absent for users who are no administrators. */
  mail: MailStatus | undefined;
}

/** The messages that visitors have left. The page follows new ones. */
function MessagesPage(props: MessagesPageProps) {
  const { language, form, widgets, days } = props;
  const { texts, lang } = language;
  const toasts = useMemo(() => new ToastList(), []);
  const list = useList(props, toasts);
  const { lead, kept, title, save } = texts.messages;
  return (
    <LanguageProvider language={language}>
      <PageHeader
        title={title}
        lead={`${lead} ${plural(kept, days, lang)}`}
        actions={
          <>
            <ButtonLink
              href="/replies"
              icon={<Zap size={16} aria-hidden="true" />}
            >
              {texts.replies.title}
            </ButtonLink>
            {props.mail?.isOn && <TestMail toasts={toasts} texts={texts} />}
            <ButtonLink
              href={messagesHref({ ...form, after: "" }, "/api/messages/csv")}
              icon={<Download size={16} aria-hidden="true" />}
            >
              {save}
            </ButtonLink>
          </>
        }
      />
      <div class="messages-page">
        {props.mail && <FailedMails first={props.mail} toasts={toasts} />}
        <MessageFilter {...{ form, widgets }} />
        <Found {...props} list={list} />
      </div>
      <Toasts list={toasts} closeLabel={texts.common.close} />
    </LanguageProvider>
  );
}

export default withOwnIds("messages-page", MessagesPage);

/** Creates the list, and reads it again from time to time. */
function useList(
  { page, form, language: { texts, lang }, own }: MessagesPageProps,
  toasts: ToastList,
): InquiryList {
  const list = useMemo(
    () =>
      new InquiryList(page, {
        client: new InquiryClient(),
        toasts,
        texts,
        lang,
        query: filterQuery({ ...form }),
        list: form.list,
        own,
        changed: () => dispatchEvent(new Event(MESSAGES_CHANGED)),
      }),
    [],
  );
  useEffect(() => whileVisible(REFRESH_EVERY_MS, () => list.refresh()), []);
  return list;
}

function Found(
  { list, form, widgets, colleagues, own, isAdmin }: MessagesPageProps & {
    list: InquiryList;
  },
) {
  const { texts: { messages: texts } } = useLanguage();
  const zone = useTimeZone();
  const names = useMemo(() => new Names(widgets), []);
  const message = list.opened.value;
  const next = list.next.value;
  return (
    <>
      {list.messages.value.length === 0
        ? <Nothing {...{ form, isAdmin }} />
        : (
          <Ready>
            <ul class="panel messages">
              {list.messages.value.map((one) => (
                <MessageRow
                  key={one.number}
                  {...{ message: one, list: form.list, names, zone }}
                  onOpen={() => list.open(one)}
                />
              ))}
            </ul>
          </Ready>
        )}
      <div class="message-pages">
        {form.after !== "" && (
          <ButtonLink href={messagesHref({ ...form, after: "" })}>
            {texts.newest}
          </ButtonLink>
        )}
        {next !== undefined && (
          <ButtonLink
            href={messagesHref({ ...form, after: next })}
            icon={<History size={16} aria-hidden="true" />}
          >
            {texts.older}
          </ButtonLink>
        )}
        {isAdmin && list.messages.value.length > 0 && (
          <DeleteAll {...{ list, form }} />
        )}
      </div>
      {message && (
        <MessageDialog
          {...{ list, message, names, zone, colleagues, own, isAdmin }}
        />
      )}
    </>
  );
}

const EMPTY = {
  open: ["emptyTitle", "emptyText"],
  mine: ["emptyMineTitle", "emptyMineText"],
  done: ["emptyDoneTitle", "emptyDoneText"],
} as const;

/** Only administrators can turn messages on and off. */
function Nothing({ form, isAdmin }: { form: InquiryForm; isAdmin: boolean }) {
  const { texts: { messages: texts } } = useLanguage();
  const [title, own] = isFiltered(form) || form.after !== ""
    ? ["nothingTitle", "nothingText"] as const
    : EMPTY[form.list];
  const text = own === "emptyText" && !isAdmin ? "emptyAgentText" : own;
  return (
    <div class="panel">
      <EmptyState title={texts[title]}>{texts[text]}</EmptyState>
    </div>
  );
}
