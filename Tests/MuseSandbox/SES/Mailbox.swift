import Synchronization

/// The messages that were sent, newest first.
final class Mailbox: Sendable {
    private let mails: Mutex<BoundedStore<SentMail>>

    init(keeping limit: Int) { mails = Mutex(.init(limit: limit)) }

    var count: Int { mails.withLock { $0.count } }

    func add(_ mail: SentMail) { mails.withLock { $0.add(mail, id: mail.id) } }
    func mail(_ id: String) -> SentMail? { mails.withLock { $0[id] } }
    func newest(_ limit: Int) -> [SentMail] { mails.withLock { Array($0.newest().prefix(limit)) } }
    func empty() { mails.withLock { $0.removeAll() } }
}
