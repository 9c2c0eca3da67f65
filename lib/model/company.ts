import * as v from "valibot";
import { Email, line, Phone, WebAddress } from "./text.ts";

/** The main contact details of a widget. Empty ones are not shown. */
export const Company = v.strictObject({
  name: line(100),
  street: line(100),
  zip: line(20),
  city: line(100),
  country: line(100),
  phone: Phone,
  fax: Phone,
  email: Email,
  web: WebAddress,
});
export type Company = v.InferOutput<typeof Company>;

export const EMPTY_COMPANY: Company = {
  name: "",
  street: "",
  zip: "",
  city: "",
  country: "",
  phone: "",
  fax: "",
  email: "",
  web: "",
};
