// Starts GOV.UK's and the Ministry of Justice's components. Every page also works without them.
window.GOVUKFrontend.initAll();
window.MOJFrontend.initAll();

// GOV.UK marks a radio that reveals a field as expanded or not, which ARIA does not allow of a radio and screen readers
// may misread. What it reveals follows it in the reading order.
function takeBackExpanded() {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) {
    radio.removeAttribute("aria-expanded");
  }
}
takeBackExpanded();
document.addEventListener("click", takeBackExpanded);
window.addEventListener("pageshow", takeBackExpanded);
