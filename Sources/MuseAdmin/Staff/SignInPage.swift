import MuseShared

/// The door of the staff site.
struct SignInPage: Page {
    static let template = "staff/sign-in-page"

    let title = "Sign in"
    let emailValue: String
    let returnTo: String?
    let problem: FormProblem?
    let emailError: String?
    let passwordError: String?

    init(email: String = "", returnTo: String?, problem: Problem? = nil) {
        emailValue = email
        self.returnTo = returnTo
        self.problem = problem.map { FormProblem($0) }
        emailError = problem?.message(of: "email")
        passwordError = problem?.message(of: "password")
    }
}

extension Problem {
    func message(of field: String) -> String? {
        errors.first { $0.field == field }?.message
    }
}
