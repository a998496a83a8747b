// GOV.UK's own line, in a file because the page's policy allows no script within the page.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
