import type { Author } from "@/lib/model/audit.ts";
import type { Widget } from "@/lib/model/widget.ts";
import type { Stored } from "./stored.ts";

/** A widget with the number and the author of its saved state. */
export interface StoredWidget extends Stored<Widget> {
  version: number;
  by: Author;
}
