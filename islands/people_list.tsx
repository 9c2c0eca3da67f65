import { useMemo, useState } from "preact/hooks";
import { KeyRound, Pencil, Trash2, UserPlus } from "lucide-preact";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button, ButtonLink, IconButton } from "@/lib/ui/button.tsx";
import { Badge } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { DeletePerson } from "@/components/people/delete_person.tsx";
import { pictureUrl } from "@/components/widget_editor/picture_url.ts";
import { Handover } from "@/components/people/handover.tsx";
import { PeopleModel } from "@/components/people/people_model.ts";
import { PersonDialog } from "@/components/people/person_dialog.tsx";

export interface PeopleListProps {
  language: Language;
  people: PersonView[];
  /** The account of the current user. */
  ownId: string;
}

/** All accounts: add, edit, delete. */
function PeopleList(props: PeopleListProps) {
  const { language } = props;
  const model = useMemo(
    () =>
      new PeopleModel(props.people, {
        client: new AdminClient(),
        toasts: new ToastList(),
        ...language,
      }),
    [],
  );
  return (
    <LanguageProvider language={language}>
      <Ready>
        <List model={model} ownId={props.ownId} />
      </Ready>
      <Toasts
        list={model.toasts}
        closeLabel={language.texts.common.close}
      />
    </LanguageProvider>
  );
}

export default withOwnIds("people-list", PeopleList);

type Asked =
  | { what: "add" }
  | { what: "edit" | "delete"; person: PersonView }
  | undefined;

function List({ model, ownId }: { model: PeopleModel; ownId: string }) {
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  return (
    <>
      <Header onAdd={() => ask({ what: "add" })} />
      {model.handover.value && (
        <Handover
          handover={model.handover.value}
          onClose={() => model.closeHandover()}
        />
      )}
      <ul class="panel people">
        {model.people.value.map((person) => (
          <Row key={person.id} {...{ person, ownId, ask }} />
        ))}
      </ul>
      {asked?.what === "add" && (
        <PersonDialog {...{ model, ownId }} onClose={close} />
      )}
      {asked?.what === "edit" && (
        <PersonDialog
          {...{ model, ownId }}
          person={asked.person}
          onClose={close}
        />
      )}
      {asked?.what === "delete" && (
        <DeletePerson
          {...{ model, ownId }}
          person={asked.person}
          onEnd={close}
        />
      )}
    </>
  );
}

function Header({ onAdd }: { onAdd: () => void }) {
  const { texts: { people: texts, tokens } } = useLanguage();
  return (
    <PageHeader
      title={texts.title}
      lead={texts.lead}
      actions={
        <>
          <ButtonLink
            href="/admin/tokens"
            icon={<KeyRound size={16} aria-hidden="true" />}
          >
            {tokens.title}
          </ButtonLink>
          <Button
            kind="primary"
            icon={<UserPlus size={16} aria-hidden="true" />}
            onClick={onAdd}
          >
            {texts.add}
          </Button>
        </>
      }
    />
  );
}

function Row({ person, ownId, ask }: {
  person: PersonView;
  ownId: string;
  ask: (asked: Asked) => void;
}) {
  const { texts: { people: texts }, lang } = useLanguage();
  const { displayName: name } = person;
  const date = new Date(person.createdAt)
    .toLocaleDateString(lang, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <li class="person">
      <Avatar
        name={name}
        src={person.picture === undefined ? "" : pictureUrl(person.picture)}
      />
      <div class="person-name">
        <strong>
          {name}
          {person.id === ownId && <span class="soft">{` (${texts.you})`}</span>}
        </strong>
        <span class="soft">{person.name}</span>
        {person.pbxUser && <span class="soft">{texts.viaPbx}</span>}
      </div>
      <div class="person-roles">
        {person.roles.length === 0 && (
          <Badge tone="warning">{texts.noAccess}</Badge>
        )}
        {person.mustChangePassword && (
          <Badge tone="warning">{texts.mustChangePassword}</Badge>
        )}
        {person.roles.map((role) => (
          <Badge key={role} tone={role === "admin" ? "accent" : "neutral"}>
            {texts[role]}
          </Badge>
        ))}
      </div>
      <span class="person-since">{fill(texts.since, { date })}</span>
      <div class="agent-buttons">
        <IconButton
          label={fill(texts.editLabel, { name })}
          onClick={() => ask({ what: "edit", person })}
        >
          <Pencil size={16} aria-hidden="true" />
        </IconButton>
        <IconButton
          kind="danger"
          label={fill(texts.deleteLabel, { name })}
          onClick={() => ask({ what: "delete", person })}
        >
          <Trash2 size={16} aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  );
}
