@echo off
rem Starts Atelier. JAVA_HOME says which Java (17 or newer) runs it, ATELIER_OPTS gives options to the JVM.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
    echo atelier: Java was not found; install version 17 or newer, or set JAVA_HOME 1>&2
    exit /b 70
)
"%java%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
set "options="
if not errorlevel 1 set "options=--enable-native-access=ALL-UNNAMED"
"%java%" %options% -Datelier.home="%home%" %ATELIER_OPTS% -cp "%home%\lib\*" io.atelier.cli.Atelier %*
exit /b %errorlevel%
