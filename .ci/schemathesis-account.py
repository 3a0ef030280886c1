"""Sets up accounts the way people do: the link of the server, the forms of the pages, then the API. Prints shell variables.

    python schemathesis-account.py http://127.0.0.1:8080/invitation/jli_…
"""
import http.cookiejar
import json
import sys
import urllib.parse
import urllib.request

PASSWORD = "unrelated words in a row"


class Browser:
    """A browser of one person: cookies, forms and, once signed in, the API."""

    def __init__(self, address):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.form_token = None

    def submit(self, path, fields):
        body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.address + path, body, {"Origin": self.address})
        with self.opener.open(request) as answer:
            return answer.read().decode()

    def accept(self, path, email, name):
        self.submit(path, {"email": email, "name": name, "password": PASSWORD, "password_again": PASSWORD, "language": "en"})
        self.submit("/sign-in", {"email": email, "password": PASSWORD})
        self.form_token = self.ask("GET", "/me")["form_token"]

    def ask(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.form_token:
            headers["X-Form-Token"] = self.form_token
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.address + "/api/v1" + path, data, headers, method=method)
        with self.opener.open(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    @property
    def session(self):
        return next(cookie.value for cookie in self.cookies if cookie.name.endswith("jialing"))


def organisation_with_token(operator, kind, name, email):
    """An organisation with one person of all roles, a project, and a token of every scope."""
    organisation = operator.ask("POST", "/organisations", {"kind": kind, "name": name, "region": "500235"})["id"]
    roles = ["administrator", "officer", "reviewer", "reader"]
    invited = operator.ask("POST", f"/organisations/{organisation}/invitations", {"email": email, "roles": roles})
    person = Browser(operator.address)
    person.accept(invited["path"], email, "Somebody")
    person.ask("POST", "/projects", {
        "organisation": organisation, "name": "虚构县100MW风电场", "purpose": "建设100MW陆上风电场", "region": "500235",
        "owner": {"name": "虚构新能源有限公司"}, "stage": "approved", "total_investment": "65000000000",
        "facts": {"installed_capacity": {"value": 100000}},
    })
    scopes = ["projects:read", "projects:write", "people:read", "people:write", "books:read", "books:write"]
    return person.ask("POST", f"/organisations/{organisation}/tokens", {"name": "test", "scopes": scopes, "days": 1})["key"]


def main():
    link = urllib.parse.urlsplit(sys.argv[1])
    operator = Browser(f"{link.scheme}://{link.netloc}")
    operator.accept(link.path, "operator@example.org", "Operator")
    print(f"address={operator.address}")
    print(f"operator_session={operator.session}")
    print(f"operator_form_token={operator.form_token}")
    for kind, name in (("district", "虚构县人民政府"), ("enterprise", "虚构新能源有限公司"), ("lender", "虚构银行")):
        print(f"{kind}_token={organisation_with_token(operator, kind, name, f'{kind}@example.org')}")


main()
