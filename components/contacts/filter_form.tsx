import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ListFilter } from "lucide-preact";
import {
  ADDRESS_LENGTH_MAX,
  type FilterForm as Form,
} from "@/lib/protocol/admin/contacts.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";

const MEDIA = ["voice", "video", "chat"] as const;

/** The filter of the contacts: a form that also works without JavaScript. */
export function FilterForm({ form, widgets }: {
  form: Form;
  widgets: readonly { uuid: string; name: string }[];
}) {
  const { texts: { contacts: texts } } = useLanguage();
  const [zone, setZone] = useState(form.zone);
  useEffect(() => {
    setZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, []);
  const [agent, setAgent] = useState(form.agent);
  return (
    <form
      class="panel contact-filter"
      method="get"
      action="/admin/contacts"
      onSubmit={(event) => {
        if (isTooLong(agent, ADDRESS_LENGTH_MAX)) event.preventDefault();
      }}
    >
      <input type="hidden" name="zone" value={zone} />
      <Day name="from" label={texts.from} value={form.from} />
      <Day name="to" label={texts.to} value={form.to} />
      <Labelled label={texts.widget} id="filter-widget">
        <Choice
          name="widget"
          value={form.widget}
          options={widgets.map(({ uuid, name }) => [uuid, name])}
        />
      </Labelled>
      <Labelled label={texts.media} id="filter-media">
        <Choice
          name="media"
          value={form.media}
          options={MEDIA.map((media) => [media, texts[media]])}
        />
      </Labelled>
      <TextInput
        label={texts.agent}
        name="agent"
        value={agent}
        limit={ADDRESS_LENGTH_MAX}
        placeholder={texts.agentHint}
        onText={setAgent}
      />
      <div class="contact-filter-end">
        <Button
          type="submit"
          icon={<ListFilter size={16} aria-hidden="true" />}
        >
          {texts.filter}
        </Button>
        {isSet(form) && (
          <ButtonLink href="/admin/contacts" kind="quiet">
            {texts.reset}
          </ButtonLink>
        )}
      </div>
    </form>
  );
}

/** True if the filter excludes anything. */
export function isSet(form: Form): boolean {
  const { from, to, widget, agent, media } = form;
  return [from, to, widget, agent, media].some((text) => text !== "");
}

/** Returns the address of the next page, with the same filter. */
export function olderHref(form: Form, next: string): string {
  const given = Object.entries({ ...form, after: next })
    .filter(([, text]) => text !== "");
  return `/admin/contacts?${new URLSearchParams(given)}`;
}

function Labelled({ label, id, children }: {
  label: string;
  id: string;
  children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label class="label" for={id}>{label}</label>
      {children}
    </div>
  );
}

function Day({ name, label, value }: {
  name: string;
  label: string;
  value: string;
}) {
  const id = `filter-${name}`;
  return (
    <Labelled label={label} id={id}>
      <input
        id={id}
        class="input"
        type="date"
        name={name}
        value={value}
        data-empty={value === "" ? "true" : undefined}
        onInput={({ currentTarget: field }) => {
          const isEmpty = field.value === "" && !field.validity.badInput;
          field.toggleAttribute("data-empty", isEmpty);
        }}
      />
    </Labelled>
  );
}

function Choice({ name, value, options }: {
  name: string;
  value: string;
  options: readonly (readonly [string, string])[];
}) {
  const { texts: { contacts: texts } } = useLanguage();
  return (
    <select id={`filter-${name}`} class="input select" name={name}>
      <option value="">{texts.all}</option>
      {options.map(([one, label]) => (
        <option key={one} value={one} selected={one === value}>{label}</option>
      ))}
    </select>
  );
}
