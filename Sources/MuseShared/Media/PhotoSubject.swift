/// What can show a photo. A photo is stored by its content and then linked, so another kind of subject needs its case
/// here and nothing else.
public enum PhotoSubject: Sendable, Hashable {
    case item(String)

    var kind: String {
        switch self {
        case .item: "item"
        }
    }

    var id: String {
        switch self {
        case .item(let id): id
        }
    }

    /// What is read again when the photo changes.
    var cache: CacheName {
        switch self {
        case .item: .menu
        }
    }

    /// The beginning of its actions in the log, such as `menu.item_photo_changed`.
    var action: String {
        switch self {
        case .item: "menu.item_photo"
        }
    }

    /// The name by which people know it; nil if there is no such thing, or it is archived.
    func name(in transaction: Transaction) throws -> String? {
        switch self {
        case .item(let id): try ItemEditRepository.item(id, in: transaction)?.name
        }
    }
}
