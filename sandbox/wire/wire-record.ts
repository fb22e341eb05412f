type BaseRow = {
  id: number
  uniqueId: string
  createdOn: string
  updatedOn: string
  updatedBy: string
  systemId: string | null
}

/** The properties that every record of Nexudus ends with. */
export function baseFields(row: BaseRow, toStringText: string) {
  return {
    Id: row.id,
    UpdatedOn: row.updatedOn,
    CreatedOn: row.createdOn,
    UniqueId: row.uniqueId,
    UpdatedBy: row.updatedBy,
    IsNew: false,
    SystemId: row.systemId,
    ToStringText: toStringText,
    LocalizationDetails: null,
    CustomFields: null,
  }
}
