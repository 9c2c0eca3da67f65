/** An error with an HTTP status, which can be thrown anywhere; the error page
 * shows it. */
export class HttpError extends Error {
  readonly status: number;

  /** `message` may be shown to the user, so it must not contain a secret. */
  constructor(status: number, message = "", options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}

/** Returns the status of an error; unexpected errors are a 500. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}
