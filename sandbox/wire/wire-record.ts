type BaseRow = {
  id: number
  uniqueId: string
  createdOn: string
  updatedOn: string
  updatedBy: string
  systemId: string | null
}

/** The properties at the end of every Nexudus record. */
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
