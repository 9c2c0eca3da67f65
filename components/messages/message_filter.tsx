import { useState } from "preact/hooks";
import { ListFilter } from "lucide-preact";
import {
  INQUIRY_KINDS,
  INQUIRY_LISTS,
  type InquiryForm,
  SEARCH_LENGTH_MAX,
} from "@/lib/protocol/admin/inquiries.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { FormSelect } from "@/lib/ui/choice.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";

interface FilterProps {
  form: InquiryForm;
  widgets: readonly { uuid: string; name: string }[];
}

/** The lists and the search: links and a form that also work without
 * JavaScript. */
export function MessageFilter(props: FilterProps) {
  return (
    <>
      <Lists form={props.form} />
      <Search {...props} />
    </>
  );
}

function Lists({ form }: Pick<FilterProps, "form">) {
  const { texts: { messages: texts } } = useLanguage();
  return (
    <nav class="message-lists" aria-label={texts.lists}>
      {INQUIRY_LISTS.map((list) => (
        <a
          key={list}
          href={messagesHref({ ...form, list, after: "" })}
          aria-current={list === form.list ? "page" : "false"}
        >
          {texts[list]}
        </a>
      ))}
    </nav>
  );
}

function Search({ form, widgets }: FilterProps) {
  const { texts: { messages: texts } } = useLanguage();
  const [text, setText] = useState(form.text);
  return (
    <form
      class="panel list-filter message-filter"
      method="get"
      action="/messages"
      onSubmit={(event) => {
        if (isTooLong(text, SEARCH_LENGTH_MAX)) event.preventDefault();
      }}
    >
      <input type="hidden" name="list" value={form.list} />
      <TextInput
        label={texts.search}
        name="text"
        value={text}
        limit={SEARCH_LENGTH_MAX}
        placeholder={texts.searchHint}
        onText={setText}
      />
      <FormSelect
        label={texts.widget}
        name="widget"
        value={form.widget}
        all={texts.all}
        options={widgets.map(({ uuid, name }) => ({
          value: uuid,
          label: name,
        }))}
      />
      <FormSelect
        label={texts.kind}
        name="kind"
        value={form.kind}
        all={texts.kinds.all}
        options={INQUIRY_KINDS.map((kind) => ({
          value: kind,
          label: texts.kinds[kind],
        }))}
      />
      <div class="list-filter-end">
        <Button
          type="submit"
          icon={<ListFilter size={16} aria-hidden="true" />}
        >
          {texts.filter}
        </Button>
        {isFiltered(form) && (
          <ButtonLink href={messagesHref({ list: form.list })} kind="quiet">
            {texts.reset}
          </ButtonLink>
        )}
      </div>
    </form>
  );
}

/** True if the filter excludes messages of its list. */
export function isFiltered({ widget, kind, text }: InquiryForm): boolean {
  return widget !== "" || kind !== "" || text !== "";
}

/** Returns the address of the page with this filter. */
export function messagesHref(
  form: Partial<InquiryForm>,
  path = "/messages",
): string {
  return `${path}?${messagesQuery(form)}`;
}

export function messagesQuery(form: Partial<InquiryForm>): URLSearchParams {
  const given = Object.entries(form).filter(([, text]) => text !== "");
  return new URLSearchParams(given);
}
