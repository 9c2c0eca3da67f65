import type { CompanyInfo } from "@/lib/protocol/visitor/session_messages.ts";
import type { Translate } from "../translate.ts";
import { mail, page, telephone } from "./addresses.ts";

/** The company's own details, or nothing if none is set. */
export function Company(
  { company, text }: { company: CompanyInfo; text: Translate },
) {
  const { name, street, zip, city, country, phone, fax, email, web } = company;
  const place = [zip, city].filter(Boolean).join(" ");
  const url = web && page(web);
  const lines = [street, place, country].filter(Boolean);
  if (!name && !lines.length && !phone && !fax && !email && !url) return null;
  return (
    <address class="company">
      {name && (
        <strong translate={false}>
          <bdi>{name}</bdi>
        </strong>
      )}
      {lines.length > 0 && <bdi>{lines.join(", ")}</bdi>}
      {phone && (
        <span>
          {text("phone")} <a href={telephone(phone)} dir="ltr">{phone}</a>
        </span>
      )}
      {fax && (
        <span>
          {text("fax")} <bdi dir="ltr">{fax}</bdi>
        </span>
      )}
      {email && <a href={mail(email)} dir="ltr">{email}</a>}
      {url && (
        <a href={url} target="_blank" rel="noopener" dir="ltr">
          {url.replace(/^https?:\/\/(www\.)?|\/$/gi, "")}
        </a>
      )}
    </address>
  );
}
