import { useMemo, useState } from "preact/hooks";
import { Ban, Download, Trash2 } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { ContactView } from "@/lib/protocol/admin/contacts.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Fact } from "@/lib/ui/fact.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import { BlockDialog } from "../blocks/block_dialog.tsx";
import type { ContactList, Opened } from "./contact_list.ts";
import { ContactRow } from "./contact_row.tsx";
import { durationText, momentText, outcomeText } from "./contact_words.ts";
import { DeleteContacts } from "./delete_contacts.tsx";
import type { Names } from "./names.ts";

type Shown = Exclude<Opened, { state: "closed" }>;

/** A question to the administrator: to delete it, or all of the visit, or to
 * block the visitor. */
type Question = "one" | "visit" | "block";

/** One contact with all stored data of its visit, which can be read, saved and
 * deleted. */
export function ContactDialog({ list, opened, names, zone }: {
  list: ContactList;
  opened: Shown;
  names: Names;
  zone: string;
}) {
  const { texts: { contacts: texts, common }, lang } = useLanguage();
  const [asked, ask] = useState<Question>();
  const { contact } = opened;
  const visit = opened.state === "open" ? opened.visit : [contact];
  const time = momentText(contact.endedAt, { lang, zone });
  const block = useMemo(
    () => list.blockModel(contact),
    [contact.id],
  );
  if (asked === "block") {
    return <BlockDialog model={block} onEnd={() => list.blocked(block)} />;
  }
  if (asked !== undefined) {
    return (
      <DeleteContacts
        {...{ list, contact, time }}
        agent={names.agent(contact.address)}
        count={asked === "visit" ? visit.length : 0}
        onCancel={() => ask(undefined)}
      />
    );
  }
  return (
    <Dialog
      title={fill(texts.view, { time })}
      closeLabel={common.close}
      onClose={() => list.close()}
      footer={
        <Footer
          contact={contact}
          isOfVisit={visit.length > 1}
          ask={(about) => {
            if (about === "block") void block.open();
            ask(about);
          }}
        />
      }
    >
      <Facts {...{ contact, names, zone }} />
      <Visit {...{ opened, names, zone }} />
    </Dialog>
  );
}

function Footer({ contact, isOfVisit, ask }: {
  contact: ContactView;
  /** True if there are others of the same visit. */
  isOfVisit: boolean;
  ask: (about: Question) => void;
}) {
  const { texts: { contacts: texts, blocks } } = useLanguage();
  return (
    <>
      <ButtonLink
        href={`/api/contacts/${contact.key}?download`}
        icon={<Download size={16} aria-hidden="true" />}
      >
        {texts.save}
      </ButtonLink>
      <Button
        icon={<Ban size={16} aria-hidden="true" />}
        onClick={() => ask("block")}
      >
        {blocks.form.button}
      </Button>
      {isOfVisit && (
        <Button onClick={() => ask("visit")}>{texts.deleteVisit}</Button>
      )}
      <Button
        icon={<Trash2 size={16} aria-hidden="true" />}
        onClick={() => ask("one")}
      >
        {texts.deleteOne}
      </Button>
    </>
  );
}

/** The agents to whom a chat was handed over, or who were invited, with the
 * times. */
function Handovers({ contact, names, zone }: {
  contact: ContactView;
  names: Names;
  zone: string;
}) {
  const { texts: { contacts: texts }, lang } = useLanguage();
  if (contact.handovers === undefined) return null;
  return (
    <Fact name={texts.handovers}>
      <ol class="contact-handovers">
        {contact.handovers.map(({ at, to, invited }) => (
          <li key={at}>
            <bdi>{names.agent(to)}</bdi>
            {invited && <span class="soft">{` · ${texts.invited}`}</span>}
            <span class="soft">{` ${momentText(at, { lang, zone })}`}</span>
          </li>
        ))}
      </ol>
    </Fact>
  );
}

function Facts({ contact, names, zone }: {
  contact: ContactView;
  names: Names;
  zone: string;
}) {
  const language = useLanguage();
  const { texts: { contacts: texts }, lang } = language;
  const { answeredAt, startedAt, endedAt } = contact;
  const agent = names.agent(contact.address);
  return (
    <dl class="contact-facts">
      <Fact name={texts.media}>{texts[contact.media]}</Fact>
      <Fact name={texts.agent}>
        <bdi>{agent}</bdi>
        {agent !== contact.address && (
          <span class="soft" dir="ltr">{` ${contact.address}`}</span>
        )}
      </Fact>
      {contact.agent !== undefined && (
        <Fact name={texts.answeredBy}>
          <bdi>{names.agent(contact.agent)}</bdi>
        </Fact>
      )}
      <Handovers contact={contact} names={names} zone={zone} />
      <Fact name={texts.widget}>
        <bdi>{names.widget(contact.widget) ?? texts.deletedWidget}</bdi>
      </Fact>
      <Fact name={texts.started}>{momentText(startedAt, { lang, zone })}</Fact>
      <Fact name={texts.waited}>
        {durationText((answeredAt ?? endedAt) - startedAt)}
      </Fact>
      {answeredAt !== undefined && (
        <Fact name={texts.duration}>{durationText(endedAt - answeredAt)}</Fact>
      )}
      <Fact name={texts.outcome}>{outcomeText(contact, language)}</Fact>
      <Fact name={texts.cause}>{contact.cause}</Fact>
      {contact.consent !== undefined && (
        <Fact name={texts.consent}>
          <code>{contact.consent}</code>
        </Fact>
      )}
    </dl>
  );
}

function Visit({ opened, names, zone }: {
  opened: Shown;
  names: Names;
  zone: string;
}) {
  const { texts: { contacts: texts } } = useLanguage();
  if (opened.state === "loading") {
    return (
      <p class="waiting">
        <Spinner />
      </p>
    );
  }
  if (opened.state === "failed") {
    return <Banner kind="danger" live>{opened.text}</Banner>;
  }
  const others = opened.visit.filter(({ key }) => key !== opened.contact.key);
  if (others.length === 0) return <p class="soft">{texts.visitOne}</p>;
  return (
    <section aria-labelledby="same-visit" class="contact-visit">
      <h3 id="same-visit">{texts.visitTitle}</h3>
      <p class="soft">{texts.visitText}</p>
      <ul>
        {others.map((contact) => (
          <ContactRow key={contact.key} {...{ contact, names, zone }} />
        ))}
      </ul>
    </section>
  );
}
