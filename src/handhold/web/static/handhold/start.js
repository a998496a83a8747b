// Starts GOV.UK's and the Ministry of Justice's components. Every page also works without them.
window.GOVUKFrontend.initAll();
window.MOJFrontend.initAll();
