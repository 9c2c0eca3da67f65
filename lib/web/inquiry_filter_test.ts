import { deepEqual, equal } from "node:assert/strict";
import { inquiryFormOf, inquiryQueryOf } from "./inquiry_filter.ts";

const WIDGET = "a".repeat(32);
const formOf = (query: string) => inquiryFormOf(new URLSearchParams(query));

Deno.test("[MSG1] the filter of a page's address has defaults for all that is missing or invalid", () => {
  const none = { list: "open", widget: "", kind: "", text: "", after: "" };

  deepEqual(formOf(""), none);
  deepEqual(formOf("list=lost&widget=x&kind=x"), none);
  deepEqual(
    formOf(`list=done&widget=${WIDGET}&kind=callback&text=Ada&after=1.N-1`),
    {
      ...{ list: "done", widget: WIDGET, kind: "callback", text: "Ada" },
      after: "1.N-1",
    },
  );
  equal(formOf(`text=${"a".repeat(201)}`).text, "a".repeat(200));
});

Deno.test("[MSG1] the query for a filter has only what is given", () => {
  const queryOf = (query: string) => inquiryQueryOf(formOf(query));

  deepEqual(queryOf("list=mine"), { list: "mine" });
  deepEqual(queryOf(`widget=${WIDGET}`), { list: "open", widget: WIDGET });
  deepEqual(queryOf("kind=message"), { list: "open", kind: "message" });
  deepEqual(queryOf("text=Ada"), { list: "open", text: "Ada" });
  deepEqual(queryOf("after=1.N-1"), { list: "open", after: "1.N-1" });
});
