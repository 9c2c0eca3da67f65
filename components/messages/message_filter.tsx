import { useState } from "preact/hooks";
import {
  INQUIRY_KINDS,
  INQUIRY_LISTS,
  type InquiryForm,
  SEARCH_LENGTH_MAX,
} from "@/lib/protocol/admin/inquiries.ts";
import { FormSelect } from "@/lib/ui/choice.tsx";
import { isTooLong } from "@/lib/ui/limit.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import {
  filterQuery,
  ListFilter,
  WidgetChoice,
} from "@/components/admin/list_filter.tsx";

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
    <ListFilter
      look="message-filter"
      action="/messages"
      kept={{ name: "list", value: form.list }}
      isValid={!isTooLong(text, SEARCH_LENGTH_MAX)}
      reset={isFiltered(form) && messagesHref({ list: form.list })}
      texts={texts}
    >
      <TextInput
        label={texts.search}
        name="text"
        value={text}
        limit={SEARCH_LENGTH_MAX}
        placeholder={texts.searchHint}
        onText={setText}
      />
      <WidgetChoice value={form.widget} widgets={widgets} texts={texts} />
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
    </ListFilter>
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
  return `${path}?${filterQuery(form)}`;
}
