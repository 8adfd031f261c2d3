import Hummingbird
import MuseShared

/// A request of somebody of the staff. There is no other way to have one than to be signed in.
struct StaffContext: ChildRequestContext, WebContext {
    var coreContext: CoreRequestContextStorage
    var web: WebState
    let staff: StaffMember

    /// - Throws: 401 without a session.
    init(context: SeekingContext) throws {
        guard let session = context.session else { throw Problem.notSignedIn }
        coreContext = context.coreContext
        web = context.web
        staff = session.staff
    }

    /// - Throws: 403 unless the role allows it.
    func require(_ permission: Permission) throws {
        guard staff.may(permission) else {
            throw Problem.forbidden("Your role, \(staff.role.rawValue), does not include this. Ask a manager.")
        }
    }
}
