import { useMemo } from "preact/hooks";
import { Ban, History } from "lucide-preact";
import { plural } from "@/lib/i18n/fill.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type {
  ContactPage,
  FilterForm as Form,
} from "@/lib/protocol/admin/contacts.ts";
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
import { Ready } from "@/components/admin/ready.tsx";
import { useTimeZone } from "@/components/admin/time_zone.ts";
import { ContactDialog } from "@/components/contacts/contact_dialog.tsx";
import { ContactList } from "@/components/contacts/contact_list.ts";
import { ContactRow } from "@/components/contacts/contact_row.tsx";
import {
  FilterForm,
  isSet,
  olderHref,
} from "@/components/contacts/filter_form.tsx";
import { type KnownWidget, Names } from "@/components/contacts/names.ts";

export interface ContactsPageProps {
  language: Language;
  page: ContactPage;
  form: Form;
  /** Number of days for which contacts are stored. */
  days: number;
  widgets: KnownWidget[];
}

/** Ended calls and chats; the data of a visit can be saved or deleted. */
function ContactsPage(props: ContactsPageProps) {
  const { language, form, widgets, page } = props;
  const { texts, lang } = language;
  const list = useMemo(
    () =>
      new ContactList(page.contacts, {
        client: new AdminClient(),
        toasts: new ToastList(),
        texts,
        lang,
      }),
    [],
  );
  const names = useMemo(() => new Names(widgets), []);
  const { lead, kept, title } = texts.contacts;
  return (
    <LanguageProvider language={language}>
      <PageHeader
        title={title}
        lead={`${lead} ${plural(kept, props.days, lang)}`}
        actions={
          <ButtonLink
            href="/admin/blocks"
            icon={<Ban size={16} aria-hidden="true" />}
          >
            {texts.blocks.title}
          </ButtonLink>
        }
      />
      <div class="contacts-page">
        <FilterForm {...{ form, widgets }} />
        <Found {...{ list, names, form }} next={page.next} />
        <WhenAsked />
      </div>
      <Toasts
        list={list.toasts}
        closeLabel={texts.common.close}
      />
    </LanguageProvider>
  );
}

export default withOwnIds("contacts-page", ContactsPage);

function Found({ list, names, form, next }: {
  list: ContactList;
  names: Names;
  form: Form;
  next: string | undefined;
}) {
  const { texts: { contacts: texts } } = useLanguage();
  const zone = useTimeZone(form.zone);
  const opened = list.opened.value;
  return (
    <>
      {list.contacts.value.length === 0
        ? <Nothing isFiltered={isSet(form) || form.after !== ""} />
        : (
          <Ready>
            <ul class="panel contacts">
              {list.contacts.value.map((contact) => (
                <ContactRow
                  key={contact.key}
                  {...{ contact, names, zone }}
                  onOpen={() => void list.open(contact)}
                />
              ))}
            </ul>
          </Ready>
        )}
      {next !== undefined && (
        <div>
          <ButtonLink
            href={olderHref({ ...form, zone }, next)}
            icon={<History size={16} aria-hidden="true" />}
          >
            {texts.older}
          </ButtonLink>
        </div>
      )}
      {opened.state !== "closed" && (
        <ContactDialog {...{ list, opened, names, zone }} />
      )}
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { texts: { contacts: texts } } = useLanguage();
  return (
    <div class="panel">
      <EmptyState title={isFiltered ? texts.nothingTitle : texts.emptyTitle}>
        {isFiltered ? texts.nothingText : texts.emptyText}
      </EmptyState>
    </div>
  );
}

/** Advice for requests of visitors for their data or its deletion (GDPR 15,
 * 17). */
function WhenAsked() {
  const { texts: { contacts: texts } } = useLanguage();
  return (
    <details class="panel contacts-asked">
      <summary>{texts.asked}</summary>
      <p>{texts.askedFind}</p>
      <p>{texts.askedVisit}</p>
      <p>{texts.askedChats}</p>
      <p>{texts.askedElsewhere}</p>
    </details>
  );
}
