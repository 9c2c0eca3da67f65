/** An error with an HTTP status: thrown anywhere, shown by the error page. */
export class HttpError extends Error {
  readonly status: number;

  /** `message` may be shown to the user; it never holds a secret. */
  constructor(status: number, message = "", options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}

/** The path is known, the method is not: HTTP wants the known ones named. */
export class MethodNotAllowed extends HttpError {
  readonly allow: string;

  constructor(methods: Iterable<string>) {
    super(405, "Method not allowed");
    this.allow = [...methods].sort().join(", ");
  }
}

/** What nobody threw on purpose is a 500. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}
