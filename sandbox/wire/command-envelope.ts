type Done = { message: string; value: unknown; at: string; by: string }

/** The answer to every successful create, update and delete. */
export function done({ message, value, at, by }: Done) {
  return {
    Status: 200,
    Message: message,
    Value: value,
    OpenInDialog: false,
    OpenInWindow: false,
    RedirectURL: null,
    JavaScript: null,
    UpdatedOn: at,
    UpdatedBy: by,
    Errors: null,
    WasSuccessful: true,
  }
}

/** A refusal inside an HTTP 200, with another status in its body. */
export function unsuccessful(message: string, errors: unknown[] | null = null) {
  return {
    Status: 500,
    Message: message,
    Value: null,
    OpenInDialog: false,
    OpenInWindow: false,
    RedirectURL: null,
    JavaScript: null,
    Errors: errors,
    WasSuccessful: false,
  }
}
